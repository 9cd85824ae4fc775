import type { TerritoryInput, TerritoryOutput } from '@mse/contracts/territory';
import { assignmentOn, unitStates } from '@mse/domain/territory';
import { toBusinessDate } from '@mse/domain/shared';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { loadTerritory, ownPart } from './territory-facts.ts';

/** K09, EQ-03: which department serves which unit on a date, with gaps, overlaps and what changes later. */
export async function showTerritory(
  call: CallContext,
  input: z.output<typeof TerritoryInput>,
): Promise<z.input<typeof TerritoryOutput>> {
  const { deps, at } = call;
  const own = ownPart(call);
  const today = toBusinessDate(at);
  const on = input.on ?? today;
  call.seen(null, `territory:${on}`);
  const territory = await loadTerritory(deps.db);
  const numbers = new Map(territory.departments.map((department) => [department.id, department.number]));
  const numberOf = (id: string | null | undefined) => (id ? (numbers.get(id) ?? null) : null);
  const names = new Map(territory.units.map((unit) => [unit.code, unit.name]));
  const states = unitStates(territory.units, territory.assignments, on);
  const byUnit = Map.groupBy(territory.assignments, (row) => row.unitCode);
  const units = territory.units.map((unit) => {
    const state = states.get(unit.code);
    const rows = byUnit.get(unit.code) ?? [];
    return {
      code: unit.code,
      name: unit.name,
      parent: (unit.parentCode && names.get(unit.parentCode)) || null,
      state: state?.state ?? ('gap' as const),
      department: numberOf(state?.departmentId),
      since: assignmentOn(rows, on)?.validFrom ?? null,
      around: numberOf(state?.aroundDepartmentId),
      later: rows
        .filter((row) => row.validFrom > on)
        .map((row) => ({ department: numberOf(row.departmentId) ?? 0, validFrom: row.validFrom })),
    };
  });
  const count = (state: string) => units.filter((unit) => unit.state === state).length;
  return {
    on,
    today,
    wholeMap: own === null,
    own: numberOf(own),
    departments: territory.departments.map(({ id, number, name }) => ({ id, number, name })),
    gaps: count('gap'),
    overlaps: count('overlap'),
    units,
  };
}
