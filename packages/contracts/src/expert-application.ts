import {
  APPLICATION_FIELDS,
  APPLICATION_STATES,
  APPLY_REFUSALS,
  AUTOMATIC_REASONS,
  CHECK_REASONS,
  EXCLUSION_REFUSALS,
  FILE_REFUSALS,
  SIGN_CONTRACT_REFUSALS,
  UPLOADABLE_ITEMS,
} from '@mse/domain/experts';
import { SIGNING_REFUSALS } from '@mse/domain/signing';
import { z } from 'zod';
import { Id, Instant, PhoneTyped, refused } from './common.ts';
import {
  AnnouncementView,
  ApplicationFile,
  ContractShown,
  DocumentFact,
  NamedCode,
  TestTry,
} from './expert-register.ts';
import { Cms } from './signing.ts';

const done = z.object({ ok: z.literal(true) });
const StateName = z.enum(APPLICATION_STATES);
const ReasonName = z.enum([...CHECK_REASONS, ...AUTOMATIC_REASONS]);

/** RG-01: the public page; no sign-in. */
export const PublicAnnouncementsOutput = z.object({
  today: z.string(),
  announcements: z.array(AnnouncementView),
});
export const PublicAnnouncementInput = z.strictObject({ id: Id });
export const PublicAnnouncementOutput = z.object({ today: z.string(), announcement: AnnouncementView });

const OwnLine = z.object({
  id: z.uuid(),
  number: z.string().nullable(),
  announcement: z.string(),
  state: StateName,
  stateAt: Instant,
  dueOn: z.string().nullable(),
});
/** C38: the cabinet of independent experts. */
export const MyExpertCabinetOutput = z.object({
  today: z.string(),
  applications: z.array(OwnLine),
  /** Announcements whose intake is open or will be. */
  announcements: z.array(
    z.object({
      id: z.uuid(),
      number: z.string(),
      state: z.enum(['announced', 'open']),
      intakeFrom: z.string(),
      intakeUntil: z.string(),
      places: z.int(),
      refusal: z.enum(APPLY_REFUSALS).nullable(),
    }),
  ),
  expert: z
    .object({
      code: z.string(),
      enteredOn: z.string(),
      excludedOn: z.string().nullable(),
      exclusionAsked: z.boolean(),
      openParts: z.int(),
    })
    .nullable(),
  barred: z.boolean(),
});

export const StartApplicationInput = z.strictObject({ announcementId: Id });
export const StartApplicationOutput = z.union([
  z.object({ ok: z.literal(true), id: z.uuid() }),
  refused([...APPLY_REFUSALS, 'not-found']),
]);

export const OwnApplicationInput = z.strictObject({ id: Id });
export const OwnApplicationOutput = z.object({
  today: z.string(),
  application: OwnLine.extend({
    fields: z.object({
      groups: z.array(z.string()),
      address: z.string(),
      email: z.string(),
      phone: z.string(),
      consent: z.boolean(),
      warned: z.boolean(),
      computer: z.boolean(),
      modem: z.boolean(),
      tariffs: z.boolean(),
      informed: z.boolean(),
    }),
    person: z.object({
      surname: z.string(),
      name: z.string(),
      patronymic: z.string().nullable(),
      iin: z.string(),
    }),
    consentVersion: z.string(),
    factsAt: Instant.nullable(),
    savedAt: Instant,
    submittedAt: Instant.nullable(),
    reasons: z.array(ReasonName),
    note: z.string().nullable(),
    reviewed: z.boolean(),
    attempt: z.int(),
    testLink: z.string().nullable(),
  }),
  facts: z.array(DocumentFact),
  uploadsOpen: z.array(z.enum(UPLOADABLE_ITEMS)),
  missingFields: z.array(z.enum(APPLICATION_FIELDS)),
  files: z.array(ApplicationFile),
  tests: z.array(TestTry),
  contract: ContractShown.nullable(),
  events: z.array(z.object({ to: StateName, at: Instant })),
  groups: z.array(NamedCode),
});

export const AskSystemsOutput = z.union([
  z.object({ ok: z.literal(true), silent: z.int() }),
  refused(['consent-waiting', 'consent-declined', 'consent-silent', 'changed-meanwhile', 'too-many']),
]);

const Email = z
  .string()
  .trim()
  .max(200, { error: 'too-long' })
  .refine((text) => text === '' || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text), { error: 'email' });
const Confirmed = z.boolean().default(false);
/** A draft may lack anything; what is there must be right. */
export const SaveApplicationInput = z.strictObject({
  id: Id,
  groups: z.array(z.string().max(60)).max(200).default([]),
  address: z.string().trim().max(500, { error: 'too-long' }).default(''),
  email: Email.default(''),
  phone: z.union([z.literal(''), PhoneTyped]).default(''),
  consent: Confirmed,
  warned: Confirmed,
  computer: Confirmed,
  modem: Confirmed,
  tariffs: Confirmed,
  informed: Confirmed,
});
export const SaveApplicationOutput = z.union([
  z.object({ ok: z.literal(true), missing: z.array(z.enum(APPLICATION_FIELDS)) }),
  refused(['changed-meanwhile', 'group-unknown']),
]);

/** What the route of uploads answers. */
export const UPLOAD_REFUSALS = [...FILE_REFUSALS, 'item-not-open', 'changed-meanwhile'] as const;
export const UploadFileOutput = z.union([
  z.object({ ok: z.literal(true), id: z.uuid() }),
  refused(UPLOAD_REFUSALS),
]);
export const RemoveFileInput = z.strictObject({ id: Id, fileId: Id });
export const RemoveFileOutput = z.union([done, refused(['changed-meanwhile'])]);

export const SUBMIT_REFUSALS = [
  ...APPLY_REFUSALS,
  'fields-missing',
  'systems-not-asked',
  'changed-meanwhile',
] as const;
export const OpenSubmitOutput = z.union([
  z.object({ ok: z.literal(true), signingId: z.uuid(), text: z.string(), hash: z.string() }),
  refused(SUBMIT_REFUSALS),
]);
export const SubmitApplicationInput = z.strictObject({ id: Id, signingId: Id, cms: Cms });
export const SubmitApplicationOutput = z.union([
  z.object({ ok: z.literal(true), number: z.string() }),
  refused([...SUBMIT_REFUSALS, ...SIGNING_REFUSALS]),
]);
export const OwnStepOutput = z.union([done, refused(['changed-meanwhile'])]);
export const AskReviewInput = z.strictObject({
  id: Id,
  text: z.string().trim().min(1, { error: 'required' }).max(2000, { error: 'too-long' }),
});
export const AskReviewOutput = z.union([done, refused(['changed-meanwhile', 'reviewed-before'])]);

export const OpenOwnContractOutput = z.union([
  z.object({ ok: z.literal(true), signingId: z.uuid(), text: z.string(), hash: z.string() }),
  refused(SIGN_CONTRACT_REFUSALS),
]);
export const SignContractInput = z.strictObject({ id: Id, signingId: Id, cms: Cms });
export const SignContractOutput = z.union([done, refused([...SIGN_CONTRACT_REFUSALS, ...SIGNING_REFUSALS])]);

/** RG-30(1): the expert's own application to be excluded. */
export const AskExclusionInput = z.strictObject({
  reason: z.string().trim().min(1, { error: 'required' }).max(2000, { error: 'too-long' }),
});
export const AskExclusionOutput = z.union([done, refused([...EXCLUSION_REFUSALS, 'not-in-register'])]);
