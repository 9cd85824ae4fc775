import { MAX_TERRITORY_ROWS, type TERRITORY_FILE_REFUSALS } from '@mse/contracts/territory';
import type { WrittenRow } from '@mse/domain/territory';
import { ok, refuse, type Result } from '@mse/domain/shared';
import { parse } from 'csv-parse/sync';

/** Headings of the list. Further columns (the names of an export) are for people and are not read. */
export const UNIT_COLUMN = 'unit_code';
export const DEPARTMENT_COLUMN = 'department';
export const DATE_COLUMN = 'valid_from';

type FileRefusal = (typeof TERRITORY_FILE_REFUSALS)[number];

/** A text of a cell without the apostrophe that an export puts before what a spreadsheet could take for a formula. */
const unescaped = (text: string) => text.trim().replace(/^'(?=[=+\-@\t\r])/, '');

/** `25.11.2026`, as spreadsheets rewrite dates, becomes `2026-11-25`; everything else stays for the judge. */
const plainDay = (text: string) => text.replace(/^(\d{2})\.(\d{2})\.(\d{4})$/, '$3-$2-$1');

/**
 * EQ-03: reads a CSV list of units and departments (UTF-8; comma, semicolon or tab). What is inside the cells is judged elsewhere;
 * here the file itself is refused: another encoding, no CSV, headings missing, nothing in it, too long.
 */
export function readTerritoryFile(file: string): Result<WrittenRow[], FileRefusal> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(file, 'base64'));
  } catch {
    return refuse('encoding');
  }
  // A file of UTF-16 may be valid UTF-8 by its bytes, but no text has such characters.
  if (text.includes('\0')) return refuse('encoding');
  const heading = text.slice(0, Math.max(0, text.search(/\r|\n|$/)));
  const delimiter = [';', '\t', ','].find((sign) => heading.includes(sign)) ?? ',';
  let records: { info: { lines: number }; record: string[] }[];
  try {
    // With `info` a record comes wrapped; the library's types do not say so.
    records = parse(text, {
      delimiter,
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      to: MAX_TERRITORY_ROWS + 2,
    }) as unknown as typeof records;
  } catch {
    return refuse('not-csv');
  }
  const [first, ...rest] = records;
  if (!first) return refuse('empty');
  const columns = first.record.map((name) => name.trim().toLowerCase());
  const at = [UNIT_COLUMN, DEPARTMENT_COLUMN, DATE_COLUMN].map((name) => columns.indexOf(name));
  if (at.some((index) => index < 0)) return refuse('no-heading');
  if (rest.length === 0) return refuse('empty');
  if (rest.length > MAX_TERRITORY_ROWS) return refuse('too-many-rows');
  const [unitAt = 0, departmentAt = 0, dateAt = 0] = at;
  const rows = rest.map(({ info, record }) => ({
    line: info.lines,
    unitCode: unescaped(record[unitAt] ?? ''),
    departmentNumber: unescaped(record[departmentAt] ?? ''),
    validFrom: plainDay(unescaped(record[dateAt] ?? '')),
    ...(record.length <= Math.max(unitAt, departmentAt, dateAt) ? { incomplete: true as const } : {}),
  }));
  // An export lists units nobody serves, too; as long as nothing is filled in, such a row asks for nothing.
  return ok(rows.filter((row) => row.incomplete || row.departmentNumber !== '' || row.validFrom !== ''));
}
