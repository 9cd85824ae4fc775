import { TERRITORY_ROW_ERRORS } from '@mse/domain/territory';
import { z } from 'zod';
import { Day, refused, Trilingual } from './common.ts';

const DepartmentShown = z.object({ id: z.string(), number: z.int(), name: Trilingual });

/** K09: the map on a date; today when absent. */
export const TerritoryInput = z.strictObject({ on: Day.optional() });
export const TerritoryOutput = z.object({
  on: z.string(),
  today: z.string(),
  /** Whether the caller keeps the whole map or one department's part. */
  wholeMap: z.boolean(),
  own: z.int().nullable(),
  departments: z.array(DepartmentShown),
  gaps: z.int(),
  overlaps: z.int(),
  units: z.array(
    z.object({
      code: z.string(),
      name: Trilingual,
      parent: Trilingual.nullable(),
      state: z.enum(['served', 'gap', 'overlap']),
      department: z.int().nullable(),
      since: z.string().nullable(),
      /** With an overlap: the department of the unit around it. */
      around: z.int().nullable(),
      /** Changes after the date. */
      later: z.array(z.object({ department: z.int(), validFrom: z.string() })),
    }),
  ),
});

/** Units given to a department from a day on. */
export const AssignTerritoryInput = z.strictObject({
  units: z.array(z.string().max(20)).min(1, { error: 'required' }).max(500, { error: 'too-long' }),
  department: z.coerce.number({ error: 'choice' }).int({ error: 'choice' }),
  validFrom: Day,
});

const Written = { line: z.int(), unitCode: z.string(), departmentNumber: z.string(), validFrom: z.string() };
export const TerritoryRow = z.discriminatedUnion('verdict', [
  z.object({
    ...Written,
    verdict: z.enum(['new', 'change', 'same']),
    unit: Trilingual,
    former: z.int().nullable(),
  }),
  z.object({ ...Written, verdict: z.literal('wrong'), error: z.enum(TERRITORY_ROW_ERRORS) }),
]);

/** Why a file cannot be read at all. */
export const TERRITORY_FILE_REFUSALS = [
  'encoding',
  'not-csv',
  'no-heading',
  'empty',
  'too-many-rows',
] as const;
export const MAX_TERRITORY_ROWS = 5000;

/** A CSV file, its bytes in base64: only the server can tell whether they are UTF-8. */
export const TerritoryFileInput = z.strictObject({
  file: z.base64().min(1, { error: 'required' }).max(400_000, { error: 'too-long' }),
});

const Judged = {
  new: z.int(),
  change: z.int(),
  same: z.int(),
  wrong: z.int(),
  /** Bookings that residents hold at their former department from the day on; they stay as they are. */
  bookings: z.int(),
  /** Every row but those that say what holds anyway. */
  rows: z.array(TerritoryRow),
};
export const PreviewTerritoryOutput = z.union([
  z.object({ ok: z.literal(true), ...Judged }),
  refused(TERRITORY_FILE_REFUSALS),
]);

/** All rows or none. */
export const ChangeTerritoryOutput = z.union([
  z.object({ ok: z.literal(true), changed: z.int() }),
  z.object({ ok: z.literal(false), refusal: z.literal('wrong-rows'), rows: z.array(TerritoryRow) }),
]);
export const ImportTerritoryOutput = z.union([ChangeTerritoryOutput, refused(TERRITORY_FILE_REFUSALS)]);
export const ExportTerritoryOutput = z.object({ csv: z.string() });
