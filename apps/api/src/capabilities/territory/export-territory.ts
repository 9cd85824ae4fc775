import type { ExportTerritoryOutput } from '@mse/contracts/territory';
import { stringify } from 'csv-stringify/sync';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { DATE_COLUMN, DEPARTMENT_COLUMN, UNIT_COLUMN } from './read-territory-file.ts';
import { loadTerritory, ownPart } from './territory-facts.ts';

/**
 * EQ-03: the whole map as CSV, every dated row of every unit; a unit nobody serves has empty cells. UTF-8 with its mark and
 * semicolons, as spreadsheets here expect. What a spreadsheet could take for a formula gets an apostrophe before it.
 */
export async function exportTerritory(call: CallContext): Promise<z.input<typeof ExportTerritoryOutput>> {
  ownPart(call);
  call.seen(null, 'territory:export');
  const territory = await loadTerritory(call.deps.db);
  const numbers = new Map(territory.departments.map((department) => [department.id, department.number]));
  const byUnit = Map.groupBy(territory.assignments, (row) => row.unitCode);
  const records = territory.units.flatMap((unit) => {
    const rows = byUnit.get(unit.code) ?? [];
    const cells = rows.map((row) => [String(numbers.get(row.departmentId) ?? ''), row.validFrom as string]);
    return (cells.length > 0 ? cells : [['', '']]).map((cell) => [
      unit.code,
      ...cell,
      unit.name.kk,
      unit.name.ru,
    ]);
  });
  const csv = stringify(records, {
    header: true,
    columns: [UNIT_COLUMN, DEPARTMENT_COLUMN, DATE_COLUMN, 'name_kk', 'name_ru'],
    delimiter: ';',
    bom: true,
    record_delimiter: 'windows',
    escape_formulas: true,
  });
  return { csv };
}
