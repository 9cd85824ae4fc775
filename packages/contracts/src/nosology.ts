import {
  DISPENSARY_REFUSALS,
  EXAMINATION_CONDITIONS,
  LINE_REFUSALS,
  normalisePrefix,
  NOSOLOGY_REFUSALS,
} from '@mse/domain/intake';
import { z } from 'zod';
import { Day, Id, refused, Trilingual } from './common.ts';

const Code = z
  .string({ error: 'required' })
  .trim()
  .min(1, { error: 'required' })
  .max(60, { error: 'too-long' });
const Words = z
  .string({ error: 'required' })
  .trim()
  .min(1, { error: 'required' })
  .max(1000, { error: 'too-long' });
/** An empty field of a form means no value. */
const emptyIsNull = (value: unknown) => (value === '' || value === undefined ? null : value);
const OptionalDay = z.preprocess(emptyIsNull, Day.nullable());
const OptionalAge = z.preprocess(
  (value) => (typeof value === 'string' && value.trim() !== '' ? Number(value) : emptyIsNull(value)),
  z.int({ error: 'invalid' }).min(0, { error: 'invalid' }).max(150, { error: 'invalid' }).nullable(),
);

/** Where a dated line stands today. */
export const LineState = z.enum(['ahead', 'in-force', 'over']);

export const NosologyListOutput = z.object({
  today: z.string(),
  groups: z.array(
    z.object({
      code: z.string(),
      name: Trilingual,
      special: z.boolean(),
      /** Lines in force today, and of them those that are our own reading. */
      lines: z.int(),
      assumed: z.int(),
      examinations: z.int(),
      /** Experts entered for the form today. */
      experts: z.int(),
    }),
  ),
});

export const NosologyGroupInput = z.strictObject({ code: Code });
const CodeLine = z.object({
  id: z.uuid(),
  icdPrefix: z.string(),
  exact: z.boolean(),
  fromAge: z.int().nullable(),
  untilAge: z.int().nullable(),
  validFrom: z.string(),
  validUntil: z.string().nullable(),
  basis: z.string(),
  assumed: z.boolean(),
  state: LineState,
});
const ExaminationLine = z.object({
  id: z.uuid(),
  code: z.string(),
  name: Trilingual,
  condition: z.enum(EXAMINATION_CONDITIONS),
  /** Asked for by every form, not by this one alone. */
  everywhere: z.boolean(),
  validFrom: z.string(),
  validUntil: z.string().nullable(),
  basis: z.string(),
  assumed: z.boolean(),
  state: LineState,
});
export const NosologyGroupOutput = z.union([
  z.object({
    ok: z.literal(true),
    today: z.string(),
    code: z.string(),
    name: Trilingual,
    special: z.boolean(),
    codes: z.array(CodeLine),
    examinations: z.array(ExaminationLine),
    kinds: z.array(z.object({ code: z.string(), name: Trilingual })),
  }),
  refused(['not-found']),
]);

/** R09: a new line of the list. */
export const NosologyCodeDraft = z.strictObject({
  groupCode: Code,
  icdPrefix: z
    .string({ error: 'required' })
    .trim()
    .min(1, { error: 'required' })
    .max(10, { error: 'too-long' })
    .transform((text, context) => {
      const prefix = normalisePrefix(text);
      if (prefix !== null) return prefix;
      context.addIssue({ code: 'custom', message: 'invalid' });
      return z.NEVER;
    }),
  exact: z.preprocess((value) => value === true || value === 'on', z.boolean()),
  fromAge: OptionalAge,
  untilAge: OptionalAge,
  validFrom: Day,
  validUntil: OptionalDay,
  basis: Words,
});
/** What a line would do: forms of the last year with such a diagnosis, by the form they belong to on that day. */
export const NosologyEffect = z.object({
  icdPrefix: z.string(),
  forms: z.array(z.object({ before: Trilingual.nullable(), after: Trilingual.nullable(), count: z.int() })),
  /** Cases under review keep the form they were opened with. */
  openCases: z.int(),
  experts: z.int(),
  /** Lines of other codes this one stands inside of, or that stand inside it. */
  neighbours: z.array(z.object({ icdPrefix: z.string(), name: Trilingual, narrower: z.boolean() })),
});
export const PreviewNosologyCodeOutput = z.union([
  z.object({ ok: z.literal(true), effect: NosologyEffect }),
  refused(NOSOLOGY_REFUSALS),
]);
export const AddNosologyLineOutput = z.union([
  z.object({ ok: z.literal(true), id: z.uuid() }),
  refused(NOSOLOGY_REFUSALS),
]);

export const ExaminationDraft = z.strictObject({
  groupCode: Code,
  examinationCode: Code,
  condition: z.enum(EXAMINATION_CONDITIONS, { error: 'choice' }),
  validFrom: Day,
  validUntil: OptionalDay,
  basis: Words,
});

export const EndLineInput = z.strictObject({ id: Id, lastDay: Day });
export const TakeBackLineInput = z.strictObject({ id: Id });
export const LineOutput = z.union([z.object({ ok: z.literal(true) }), refused(LINE_REFUSALS)]);

/** PX-06: a new nosological form; its lines follow. */
export const AddGroupInput = z.strictObject({
  code: Code.regex(/^[a-z][a-z0-9-]{1,59}$/, { error: 'invalid' }),
  name: z.strictObject({ kk: Words, ru: Words, en: Words }),
});
export const AddGroupOutput = z.union([z.object({ ok: z.literal(true) }), refused(NOSOLOGY_REFUSALS)]);

/** F009: twelve digits of an organisation. */
const Bin = z
  .string()
  .trim()
  .regex(/^\d{12}$/, { error: 'invalid' });
/** F009, SN-01: organisations that may send people they have not attached. */
export const DispensariesOutput = z.object({
  today: Day,
  dispensaries: z.array(
    z.object({
      bin: z.string(),
      name: Trilingual,
      validFrom: Day,
      validUntil: Day.nullable(),
      basis: z.string(),
      state: LineState,
    }),
  ),
});
export const AddDispensaryInput = z.strictObject({
  bin: Bin,
  name: z.strictObject({ kk: Words, ru: Words, en: Words }),
  validFrom: Day,
  validUntil: OptionalDay,
  basis: Words,
});
export const AddDispensaryOutput = z.union([z.object({ ok: z.literal(true) }), refused(DISPENSARY_REFUSALS)]);
export const EndDispensaryInput = z.strictObject({ bin: Bin, validFrom: Day, lastDay: Day });
