import { ACCESS_DATA, ACCESS_PURPOSES, ACCESS_ROLES } from '@mse/domain/profile';
import { z } from 'zod';
import {
  CodeTyped,
  Day,
  Id,
  Instant,
  LanguageChoice,
  PhoneTyped,
  refused,
  Trilingual,
  TrustLevelName,
} from './common.ts';
import { ACCESS_NEEDS, AccessNeed } from './queue.ts';

/** C27: what the registries say of the caller and what the caller has said. */
export const ProfileOutput = z.object({
  registry: z.object({
    name: z.string(),
    birthDate: Day,
    /** The registry knows addresses in Kazakh and Russian. */
    address: z.object({ kk: z.string(), ru: z.string() }).nullable(),
    phoneMasked: z.string().nullable(),
    asOf: Instant,
  }),
  messageLanguage: LanguageChoice,
  contactPhoneMasked: z.string().nullable(),
  email: z.string().nullable(),
  accessNeeds: z.array(AccessNeed),
  /** How the caller has signed in; a change of number needs a signature. */
  trust: TrustLevelName,
});

/** An e-mail as typed; nothing typed is no e-mail. */
export const EmailTyped = z
  .string()
  .trim()
  .max(200, { error: 'too-long' })
  .transform((typed) => (typed === '' ? null : typed))
  .refine((typed) => typed === null || z.email().safeParse(typed).success, { error: 'email' });

export const SaveProfileInput = z.strictObject({
  messageLanguage: LanguageChoice,
  email: EmailTyped,
  accessNeeds: z.array(AccessNeed).max(ACCESS_NEEDS.length).default([]),
});

export const NeedsInput = z.strictObject({ formId: Id });
export const NeedsOutput = z.object({ accessNeeds: z.array(AccessNeed) });

export const StartPhoneChangeInput = z.strictObject({ phone: PhoneTyped });
export const StartPhoneChangeOutput = z.union([
  z.object({
    ok: z.literal(true),
    changeId: z.uuid(),
    /** Null when there is no number yet: then one code suffices. */
    oldPhoneMasked: z.string().nullable(),
    newPhoneMasked: z.string(),
    lifeMinutes: z.int(),
  }),
  z.object({ ok: z.literal(false), refusal: z.enum(['same-phone', 'too-many']), retryAfterSeconds: z.int() }),
]);

export const PHONE_CHANGE_REFUSALS = ['wrong', 'expired', 'used', 'too-many-tries'] as const;
export const FinishPhoneChangeInput = z.strictObject({
  changeId: Id,
  oldCode: CodeTyped.optional(),
  newCode: CodeTyped,
});
export const FinishPhoneChangeOutput = z.union([
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), refusal: z.enum(PHONE_CHANGE_REFUSALS), triesLeft: z.int() }),
]);

/** C20, EQ-07: what the caller's ward usually needs at a visit. */
export const SaveWardNeedsInput = z.strictObject({
  wardId: Id,
  accessNeeds: z.array(AccessNeed).max(ACCESS_NEEDS.length).default([]),
});

/** C20: whether the guardianship registry has just answered. */
export const AskWardsOutput = z.object({ answered: z.boolean() });

export const AccessLogInput = z.strictObject({ before: z.int().positive().optional() });
/** C28: one look at, or act on, the data of the caller or a ward, by anybody but the caller. */
export const AccessLine = z.object({
  id: z.int(),
  at: Instant,
  /** Whose data, when not the caller's own. */
  wardName: z.string().nullable(),
  role: z.enum(ACCESS_ROLES),
  department: Trilingual.nullable(),
  purpose: z.enum(ACCESS_PURPOSES),
  data: z.enum(ACCESS_DATA),
  outcome: z.enum(['done', 'refused', 'seen']),
  /** Number of the dispute, when there is one. */
  disputed: z.string().nullable(),
});
export const AccessLogOutput = z.object({ lines: z.array(AccessLine), more: z.boolean() });

export const AccessLineInput = z.strictObject({ id: z.int().positive() });
export const DisputeAccessInput = z.strictObject({
  id: z.int().positive(),
  text: z.string({ error: 'required' }).trim().min(1, { error: 'required' }).max(2000, { error: 'too-long' }),
});
export const DisputeAccessOutput = z.union([
  z.object({ ok: z.literal(true), number: z.string() }),
  refused(['already-disputed']),
]);

/** C29: every giving and withdrawing, newest first. */
export const ConsentHistoryOutput = z.object({
  given: z.boolean(),
  events: z.array(
    z.object({
      kind: z.enum(['given', 'withdrawn']),
      version: z.string(),
      language: LanguageChoice,
      at: Instant,
    }),
  ),
});
