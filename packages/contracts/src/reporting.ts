import { OUTCOMES, PERIOD_KINDS, INDICATORS } from '@mse/domain/reporting';
import { REGION_CODES } from '@mse/domain/queue';
import type { PlainDate } from '@mse/domain/shared';
import { z } from 'zod';
import { Day, Trilingual } from './common.ts';

/** Nothing was counted before, and nobody plans beyond. */
export const REPORT_DAYS = { from: '2020-01-01', until: '2099-12-31' } as const;
const ReportDay = Day.refine((day: PlainDate) => day >= REPORT_DAYS.from && day <= REPORT_DAYS.until, {
  error: 'date',
});

/** K10, P11: the period a day lies in, of one department, of a region, or of all that the caller may see. */
export const ReportInput = z.strictObject({
  kind: z.enum(PERIOD_KINDS, { error: 'choice' }).default('month'),
  /** Today when absent. */
  on: ReportDay.optional(),
  region: z.enum(REGION_CODES, { error: 'choice' }).optional(),
  department: z.coerce.number({ error: 'choice' }).int({ error: 'choice' }).optional(),
});

const Value = z.number().nullable();
export const ReportIndicators = z.record(z.enum(INDICATORS), Value);
/** Bookings of a row by what became of them; `ahead` has not been decided yet. */
export const ReportOutcomes = z.object({
  kept: z.int(),
  missed: z.int(),
  cancelled: z.int(),
  ahead: z.int(),
});
const ReportRow = z.object({ indicators: ReportIndicators, outcomes: ReportOutcomes });

export const ReportOutput = z.object({
  today: z.string(),
  kind: z.enum(PERIOD_KINDS),
  from: z.string(),
  until: z.string(),
  /** First days of the periods around; null at the ends of what can be asked for. */
  before: z.string().nullable(),
  after: z.string().nullable(),
  /** Whether the caller sees every department, or the own one. */
  whole: z.boolean(),
  choices: z.object({
    regions: z.array(z.string()),
    departments: z.array(z.object({ number: z.int(), name: Trilingual, regionCode: z.string() })),
  }),
  region: z.string().nullable(),
  department: z.object({ number: z.int(), name: Trilingual }).nullable(),
  total: ReportRow,
  /** Only where there is more than one region. */
  regions: z.array(ReportRow.extend({ regionCode: z.string() })),
  departments: z.array(ReportRow.extend({ number: z.int(), name: Trilingual, regionCode: z.string() })),
  /** How the period went, part by part. */
  slices: z.array(ReportRow.extend({ from: z.string(), until: z.string() })),
});

export const SHEET_FORMATS = ['csv', 'xlsx'] as const;
export const SheetFormat = z.enum(SHEET_FORMATS, { error: 'choice' });
export const ExportReportInput = ReportInput.extend({ format: SheetFormat });
/** A file to be saved; its bytes in base64. */
export const SheetOutput = z.object({ name: z.string(), contentType: z.string(), file: z.base64() });

/** A number that may be hidden: null stands for "hidden". */
const Shown = z.int().nullable();
const PublishedRow = z.object({
  outcomes: z.record(z.enum(OUTCOMES), Shown),
  total: Shown,
  noShowShare: Value,
  waitingDays: Value,
});

/** C36: Monday of the week whose regions are shown; the newest when absent. */
export const PublicFiguresInput = z.strictObject({ week: ReportDay.optional() });
export const PublicFiguresOutput = z.object({
  /** When the newest week was taken down; null when nothing was published yet. */
  updatedAt: z.iso.datetime().nullable(),
  /** Oldest first. */
  weeks: z.array(z.object({ from: z.string(), until: z.string(), country: PublishedRow })),
  /** The chosen week by region; null when nothing was published yet. */
  chosen: z
    .object({
      from: z.string(),
      until: z.string(),
      country: PublishedRow,
      regions: z.array(PublishedRow.extend({ regionCode: z.string() })),
    })
    .nullable(),
});
