import { FAULT_KINDS, FAULT_LENGTHS, isFaultReportNumber, pageOfReport } from '@mse/domain/fault-reports';
import { z } from 'zod';
import { Id, Instant, LanguageChoice, refused } from './common.ts';

const optional = (max: number) =>
  z
    .string()
    .trim()
    .max(max, { error: 'too-long' })
    .transform((typed) => (typed === '' ? null : typed))
    .nullable()
    .default(null);

/** C31 as a person fills it in; only the text is needed. */
export const FaultReportTyped = z.object({
  page: z.string().max(1000, { error: 'too-long' }).default('').transform(pageOfReport),
  text: z
    .string({ error: 'required' })
    .trim()
    .min(1, { error: 'required' })
    .max(FAULT_LENGTHS.text, { error: 'too-long' }),
  contact: optional(FAULT_LENGTHS.contact),
  /** Number of the incident an error page has shown. */
  incident: optional(FAULT_LENGTHS.incident).refine((typed) => typed === null || /^[\w-]+$/.test(typed), {
    error: 'invalid',
  }),
});

/** A report under the number its writer was told. Told again, it is the same report. */
export const ReportFaultInput = z.strictObject({
  ...FaultReportTyped.shape,
  id: Id,
  number: z.string().refine(isFaultReportNumber, { error: 'invalid' }),
  language: LanguageChoice,
  /** How long ago it was written, by the clock of whoever kept it. */
  ageSeconds: z
    .int()
    .min(0)
    .max(366 * 24 * 60 * 60),
});
export const ReportFaultOutput = z.union([z.object({ ok: z.literal(true) }), refused(['too-many'])]);

const Report = z.object({
  id: z.uuid(),
  number: z.string(),
  kind: z.enum(FAULT_KINDS),
  page: z.string(),
  text: z.string(),
  reportedAt: Instant,
  state: z.enum(['open', 'answered']),
  answer: z.string().nullable(),
  stateAt: Instant,
});

/** Own reports, newest first. */
export const MyFaultReportsOutput = z.object({ reports: z.array(Report) });

/** Open reports, the longest waiting first, and how many there are in all. */
export const OpenFaultReportsOutput = z.object({
  reports: z.array(Report.omit({ answer: true, stateAt: true })),
  total: z.int(),
});

export const FaultReportInput = z.strictObject({ id: Id });
export const FaultReportOutput = Report.extend({
  storedAt: Instant,
  language: LanguageChoice,
  contact: z.string().nullable(),
  incident: z.string().nullable(),
  /** The reporter was signed in and reads the answer in the cabinet. */
  signedIn: z.boolean(),
});

export const AnswerFaultReportInput = z.strictObject({
  id: Id,
  answer: z
    .string({ error: 'required' })
    .trim()
    .min(1, { error: 'required' })
    .max(FAULT_LENGTHS.answer, { error: 'too-long' }),
});
export const AnswerFaultReportOutput = z.union([
  z.object({ ok: z.literal(true) }),
  refused(['answered-already']),
]);
