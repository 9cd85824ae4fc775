import { CONTROL_OUTCOMES, missingOfControl } from '@mse/domain/examination';
import { z } from 'zod';
import { Day, Id, Instant, refused } from './common.ts';

const key = (error: 'required' | 'too-long' | 'choice') => error;
const text = (max: number) =>
  z
    .string()
    .trim()
    .min(1, { error: key('required') })
    .max(max, { error: key('too-long') });

/** PX-41: who is called, by the number of the act, and where the methodology and control department receives. */
export const CallForControlInput = z.strictObject({
  actNo: text(60),
  addressKk: text(300),
  addressRu: text(300),
  addressEn: text(300),
});
export const CallForControlOutput = z.union([
  z.object({ ok: z.literal(true), channel: z.enum(['sms', 'post']), dueOn: Day.nullable() }),
  refused(['act-unknown', 'called-already']),
]);
export const ControlCallsOutput = z.object({
  calls: z.array(
    z.object({
      callId: z.uuid(),
      actNo: z.string(),
      personName: z.string(),
      iinMasked: z.string(),
      channel: z.enum(['sms', 'post']),
      calledAt: Instant,
      receivedOn: Day.nullable(),
      dueOn: Day.nullable(),
      overdue: z.boolean(),
      /** What was found is in the journal. */
      done: z.boolean(),
    }),
  ),
});
export const PostalReceiptInput = z.strictObject({ callId: Id, receivedOn: Day });
export const PostalReceiptOutput = z.union([
  z.object({ ok: z.literal(true), dueOn: Day.nullable() }),
  refused(['not-open', 'in-the-future']),
]);

export const ControlCallInput = z.strictObject({ callId: Id });
const InBoth = z.object({ kk: z.string(), ru: z.string() });
/** PX-41: a call with the act that is looked at again, and what was found. */
export const ControlExaminationOutput = z.object({
  callId: z.uuid(),
  personName: z.string(),
  iinMasked: z.string(),
  calledAt: Instant,
  dueOn: Day.nullable(),
  act: z.object({
    actNo: z.string(),
    departmentNumber: z.int().nullable(),
    examinedOn: Day,
    findings: z.object({ kk: z.array(z.string()), ru: z.array(z.string()) }),
    diagnosis: z.string(),
  }),
  result: z
    .object({
      outcome: z.enum(CONTROL_OUTCOMES),
      diagnosis: z.string(),
      conclusion: InBoth.nullable(),
      recommendations: InBoth.nullable(),
      examinedAt: Instant,
      examiner: z.string(),
      protocolId: z.uuid(),
    })
    .nullable(),
});

const maybe = z
  .string()
  .trim()
  .max(2000, { error: key('too-long') })
  .default('');
export const ConcludeControlInput = z
  .strictObject({
    callId: Id,
    outcome: z.enum(CONTROL_OUTCOMES, { error: key('choice') }),
    diagnosis: maybe,
    conclusionKk: maybe,
    conclusionRu: maybe,
    recommendationsKk: maybe,
    recommendationsRu: maybe,
  })
  .superRefine((typed, context) => {
    for (const field of missingOfControl(typed))
      context.addIssue({ code: 'custom', path: [field], message: key('required') });
  });
export const ConcludeControlOutput = z.union([
  z.object({ ok: z.literal(true), protocolId: z.uuid() }),
  refused(['done-already']),
]);
