import {
  FAILURE_ACT_REFUSALS,
  FAILURE_DECISION_REFUSALS,
  FAILURE_OFFICES,
  LINE_REFUSALS,
  SIGNATORY_REFUSALS,
} from '@mse/domain/intake';
import { z } from 'zod';
import { Day, Id, IinTyped, Instant, refused, StartTime, Trilingual } from './common.ts';

const Words = (max: number) =>
  z.string({ error: 'required' }).trim().min(1, { error: 'required' }).max(max, { error: 'too-long' });
const Office = z.enum(FAILURE_OFFICES, { error: 'choice' });
const emptyIsNull = (value: unknown) => (value === '' || value === undefined ? null : value);

/** Largest act, bytes, and largest signature file. */
export const MAX_ACT_BYTES = 280_000;
export const MAX_SIGNATURE_BYTES = 20_000;
const base64Of = (bytes: number) => Math.ceil(bytes / 3) * 4;

export const TechnicalFailuresOutput = z.object({
  today: z.string(),
  systems: z.array(z.object({ code: z.string(), name: Trilingual })),
  failures: z.array(
    z.object({
      id: z.uuid(),
      system: Trilingual,
      from: Instant,
      until: Instant,
      actNumber: z.string(),
      actDay: z.string(),
      state: z.enum(['proposed', 'open', 'withdrawn']),
      /** The act is open and its period covers this moment. */
      counts: z.boolean(),
      proposedBy: z.string(),
      proposedByMe: z.boolean(),
      proposedAt: Instant,
      decidedBy: z.string().nullable(),
      decidedAt: Instant.nullable(),
      signers: z.array(z.object({ office: Office, name: z.string() })),
      /** Cases accepted in its mode. */
      cases: z.int(),
    }),
  ),
  signatories: z.array(
    z.object({
      id: z.uuid(),
      office: Office,
      system: Trilingual.nullable(),
      name: z.string(),
      validFrom: z.string(),
      validUntil: z.string().nullable(),
    }),
  ),
});

const File = (bytes: number) =>
  z
    .string({ error: 'required' })
    .min(1, { error: 'required' })
    .max(base64Of(bytes), { error: 'too-long' })
    .regex(/^[A-Za-z0-9+/]+={0,2}$/, { error: 'invalid' });

/** PX-42: an act with its file and the four signatures over it, each base64. */
export const ProposeFailureInput = z.strictObject({
  systemCode: Words(60),
  fromDay: Day,
  fromTime: StartTime,
  untilDay: Day,
  untilTime: StartTime,
  actNumber: Words(60),
  actDay: Day,
  act: File(MAX_ACT_BYTES),
  signatures: z.strictObject({
    health: File(MAX_SIGNATURE_BYTES),
    labour: File(MAX_SIGNATURE_BYTES),
    digital: File(MAX_SIGNATURE_BYTES),
    'medical-system': File(MAX_SIGNATURE_BYTES),
  }),
});
export const ProposeFailureOutput = z.union([
  z.object({ ok: z.literal(true), id: z.uuid() }),
  refused([...FAILURE_ACT_REFUSALS, 'unknown-system', 'act-not-taken', 'revocation-unknown']).extend({
    office: Office.nullable(),
  }),
]);
export const DecideFailureInput = z.strictObject({ id: Id });
export const DecideFailureOutput = z.union([
  z.object({ ok: z.literal(true) }),
  refused(FAILURE_DECISION_REFUSALS),
]);
export const FailureActInput = z.strictObject({ id: Id });
export const FailureActOutput = z.union([
  z.object({ ok: z.literal(true), actNumber: z.string(), content: z.string() }),
  refused(['not-found']),
]);

export const AddSignatoryInput = z.strictObject({
  office: Office,
  systemCode: z.preprocess(emptyIsNull, z.string().max(60).nullable()),
  iin: IinTyped,
  surname: Words(100),
  name: Words(100),
  patronymic: z.preprocess(emptyIsNull, z.string().max(100, { error: 'too-long' }).nullable()),
  validFrom: Day,
  validUntil: z.preprocess(emptyIsNull, Day.nullable()),
});
export const AddSignatoryOutput = z.union([
  z.object({ ok: z.literal(true), id: z.uuid() }),
  refused([...SIGNATORY_REFUSALS, 'unknown-system']),
]);
export const EndSignatoryInput = z.strictObject({ id: Id, lastDay: Day });
export const EndSignatoryOutput = z.union([z.object({ ok: z.literal(true) }), refused(LINE_REFUSALS)]);
