import { z } from 'zod';
import { Day, Id, Instant, refused } from './common.ts';

const key = (error: 'required' | 'too-long') => error;
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
    }),
  ),
});
export const PostalReceiptInput = z.strictObject({ callId: Id, receivedOn: Day });
export const PostalReceiptOutput = z.union([
  z.object({ ok: z.literal(true), dueOn: Day.nullable() }),
  refused(['not-open', 'in-the-future']),
]);
