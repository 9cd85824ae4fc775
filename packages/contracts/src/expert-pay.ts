import { ACT_STATES, ASSESSMENT_PARTS } from '@mse/domain/experts';
import { SIGNING_REFUSALS } from '@mse/domain/signing';
import { z } from 'zod';
import { Day, Id, Instant, refused } from './common.ts';

const key = (error: 'required' | 'too-long' | 'invalid' | 'date') => error;

/** First day of a month. */
export const Month = Day.refine((day) => day.endsWith('-01'), { error: key('date') });

const AssessmentLineView = z.object({
  part: z.enum(ASSESSMENT_PARTS),
  counted: z.int(),
  met: z.int(),
  sharePercent: z.string().nullable(),
});
const PayLineView = z.object({
  tariff: z.string(),
  assessmentPercent: z.string(),
  unitPrice: z.string(),
  services: z.int(),
  amount: z.string(),
});
const AccountView = z.object({ bank: z.string(), bic: z.string(), iban: z.string() });

/** X08: the caller's months and years with their explanation. */
export const MyMonthsOutput = z.object({
  /** False for staff experts: heads and specialists of departments are not assessed and paid here. */
  independent: z.boolean(),
  /** RG-34: the day of the exclusion; what was done until then is still signed and paid. */
  excludedOn: Day.nullable(),
  account: AccountView.nullable(),
  months: z.array(
    z.object({
      assessmentId: z.uuid(),
      period: z.enum(['month', 'year']),
      from: Day,
      percent: z.string(),
      services: z.int(),
      lines: z.array(AssessmentLineView),
      months: z.array(z.object({ month: Day, percent: z.string() })),
      signedAt: Instant.nullable(),
      remark: z.string(),
      pay: PayLineView.nullable(),
      payRefusal: z.enum(['no-tariff', 'no-signed-assessment', 'no-services']).nullable(),
      acts: z.array(
        z.object({
          actId: z.uuid(),
          number: z.string(),
          version: z.int(),
          state: z.enum(ACT_STATES),
          amount: z.string(),
          remarks: z.string(),
          formedAt: Instant,
        }),
      ),
    }),
  ),
});

export const AssessmentInputOnly = z.strictObject({ assessmentId: Id });
export const AssessmentInput = z.strictObject({
  assessmentId: Id,
  remark: z
    .string()
    .trim()
    .max(2000, { error: key('too-long') }),
});
export const StartSigningOutput = z.union([
  z.object({ ok: z.literal(true), signingId: z.uuid() }),
  refused(['not-possible-now']),
]);
const signature = {
  signingId: Id,
  /** CMS in base64; empty for a signature that has come by phone or waits to be checked. */
  cms: z.string().max(400_000),
};
export const SignAssessmentInput = z.strictObject({ assessmentId: Id, ...signature });
export const SignAssessmentOutput = z.union([
  z.object({ ok: z.literal(true) }),
  refused(['not-possible-now', ...SIGNING_REFUSALS]),
]);

/** PY-03: account of a bank of Kazakhstan: `KZ`, two check digits, three of the bank, thirteen letters or digits; checked by ISO 13616. */
export const SaveAccountInput = z.strictObject({
  bank: z
    .string()
    .trim()
    .min(1, { error: key('required') })
    .max(200, { error: key('too-long') }),
  bic: z
    .string()
    .transform((typed) => typed.replace(/\s/g, '').toUpperCase())
    .refine((bic) => /^[A-Z]{4}KZ[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/.test(bic), { error: key('invalid') }),
  iban: z
    .string()
    .transform((typed) => typed.replace(/\s/g, '').toUpperCase())
    .refine((iban) => isKazakhIban(iban), { error: key('invalid') }),
});
export const SaveAccountOutput = z.object({ ok: z.literal(true) });

function isKazakhIban(iban: string): boolean {
  if (!/^KZ\d{5}[A-Z0-9]{13}$/.test(iban)) return false;
  const digits = `${iban.slice(4)}${iban.slice(0, 4)}`.replace(/[A-Z]/g, (letter) =>
    String(letter.charCodeAt(0) - 55),
  );
  return BigInt(digits) % 97n === 1n;
}

export const FormActOutput = z.union([
  z.object({ ok: z.literal(true), actId: z.uuid() }),
  refused(['no-tariff', 'no-signed-assessment', 'no-services', 'no-account']),
]);
export const ActInput = z.strictObject({ actId: Id });
export const ActView = z.object({
  actId: z.uuid(),
  number: z.string(),
  month: Day,
  version: z.int(),
  state: z.enum(ACT_STATES),
  own: z.boolean(),
  performer: z.string(),
  code: z.string(),
  line: PayLineView,
  account: AccountView,
  formedAt: Instant,
  signedAt: Instant.nullable(),
  remarks: z.string(),
  decidedAt: Instant.nullable(),
});
export const SignActInput = z.strictObject({ actId: Id, ...signature });
export const SignActOutput = z.union([
  z.object({ ok: z.literal(true) }),
  refused(['not-possible-now', ...SIGNING_REFUSALS]),
]);
export const ReturnActInput = z.strictObject({
  actId: Id,
  remarks: z
    .string()
    .trim()
    .min(1, { error: key('required') })
    .max(2000, { error: key('too-long') }),
});
export const ReturnActOutput = z.union([z.object({ ok: z.literal(true) }), refused(['not-possible-now'])]);

/** R08: a month of the Committee; last month when absent. */
export const PayMonthInput = z.strictObject({ month: Month.optional() });
export const PayMonthOutput = z.object({
  month: Day,
  ended: z.boolean(),
  assessmentBy: Day,
  actBy: Day,
  tariff: z.string().nullable(),
  acceptedSum: z.string(),
  rows: z.array(
    z.object({
      assessmentId: z.uuid(),
      expertId: z.uuid(),
      code: z.string(),
      name: z.string(),
      percent: z.string(),
      services: z.int(),
      signedAt: Instant.nullable(),
      remark: z.string(),
      act: z
        .object({ actId: z.uuid(), number: z.string(), state: z.enum(ACT_STATES), amount: z.string() })
        .nullable(),
    }),
  ),
  /** AS-07: the yearly assessments of the year of the month, once they are made. */
  years: z.array(
    z.object({
      assessmentId: z.uuid(),
      code: z.string(),
      name: z.string(),
      percent: z.string(),
      services: z.int(),
      signedAt: Instant.nullable(),
      remark: z.string(),
    }),
  ),
});
export const RunAssessmentInput = z.strictObject({ month: Month });
export const RunAssessmentOutput = z.union([
  z.object({ ok: z.literal(true), made: z.int(), signed: z.int() }),
  refused(['month-not-over']),
]);
export const ExportPayInput = z.strictObject({ month: Month, format: z.enum(['csv', 'xlsx']) });
/** A file of this capability; bytes in base64. */
export const PayFile = z.object({ name: z.string(), contentType: z.string(), file: z.base64() });
