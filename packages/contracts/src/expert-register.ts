import {
  ANNOUNCEMENT_PART_MAX,
  ANNOUNCEMENT_PARTS,
  ANNOUNCEMENT_STATES,
  APPLICATION_EVENTS,
  APPLICATION_STATES,
  AUTOMATIC_REASONS,
  CHECK_REASONS,
  DOCUMENT_ITEMS,
  EXCLUSION_GROUNDS,
  EXCLUSION_REFUSALS,
  FINDINGS,
  FOUR_EYES_REFUSALS,
  MANUAL_GROUNDS,
  MODEM_REFUSALS,
  POLICY_REFUSALS,
  PUBLISH_REFUSALS,
  REGISTER_POLICIES,
  SEND_CONTRACT_REFUSALS,
  UPLOADABLE_ITEMS,
} from '@mse/domain/experts';
import { EXPERT_KINDS } from '@mse/domain/policies';
import { SIGNING_REFUSALS } from '@mse/domain/signing';
import { z } from 'zod';
import { Day, Id, Instant, refused, Trilingual } from './common.ts';
import { Cms } from './signing.ts';

const Note = z.string().trim().max(2000, { error: 'too-long' });
const NeededNote = Note.min(1, { error: 'required' });
const done = z.object({ ok: z.literal(true) });

/** RG-02: texts of an announcement as typed. */
const PartTyped = z.string().max(ANNOUNCEMENT_PART_MAX, { error: 'too-long' }).default('');
const PartsTyped = z.strictObject({ kk: PartTyped, ru: PartTyped, en: PartTyped });
export const AnnouncementContent = z.strictObject(
  Object.fromEntries(ANNOUNCEMENT_PARTS.map((part) => [part, PartsTyped])) as Record<
    (typeof ANNOUNCEMENT_PARTS)[number],
    typeof PartsTyped
  >,
);

export const AnnouncementView = z.object({
  id: z.uuid(),
  number: z.string().nullable(),
  state: z.enum(ANNOUNCEMENT_STATES),
  content: z.object(
    Object.fromEntries(ANNOUNCEMENT_PARTS.map((part) => [part, Trilingual])) as Record<
      (typeof ANNOUNCEMENT_PARTS)[number],
      typeof Trilingual
    >,
  ),
  places: z.int(),
  intakeFrom: z.string(),
  intakeUntil: z.string(),
  publishedOn: z.string().nullable(),
  withdrawnReason: z.string().nullable(),
});

/** R10. */
export const AnnouncementsOutput = z.object({
  today: z.string(),
  /** RG-01: first day on which intake of an announcement published today may open. */
  earliestIntake: z.string(),
  workingDays: z.int(),
  announcements: z.array(AnnouncementView.extend({ applications: z.int() })),
});
export const AnnouncementInput = z.strictObject({ id: Id });
export const AnnouncementOutput = z.object({
  today: z.string(),
  earliestIntake: z.string(),
  workingDays: z.int(),
  announcement: AnnouncementView,
  missing: z.array(z.enum(ANNOUNCEMENT_PARTS)),
});
export const SaveAnnouncementInput = z
  .strictObject({
    id: Id.nullable().default(null),
    content: AnnouncementContent,
    places: z.coerce
      .number({ error: 'choice' })
      .int({ error: 'choice' })
      .min(1, { error: 'choice' })
      .max(10_000, { error: 'choice' }),
    intakeFrom: Day,
    intakeUntil: Day,
  })
  .refine(({ intakeFrom, intakeUntil }) => intakeFrom <= intakeUntil, {
    path: ['intakeUntil'],
    message: 'date',
  });
export const SaveAnnouncementOutput = z.union([
  z.object({ ok: z.literal(true), id: z.uuid() }),
  refused(['published-already', 'not-found']),
]);
export const PublishAnnouncementOutput = z.union([done, refused([...PUBLISH_REFUSALS, 'not-found'])]);
export const WithdrawAnnouncementInput = z.strictObject({ id: Id, reason: NeededNote });
export const WithdrawAnnouncementOutput = z.union([
  done,
  refused(['not-published', 'withdrawn-already', 'not-found']),
]);

const ApplicationStateName = z.enum(APPLICATION_STATES);
const ReasonName = z.enum([...CHECK_REASONS, ...AUTOMATIC_REASONS]);
const PersonShown = z.object({ surname: z.string(), name: z.string(), patronymic: z.string().nullable() });

export const NamedCode = z.object({ code: z.string(), name: Trilingual });

/** One line of the list of applications (R02, R03, R04 by state). */
export const ApplicationLine = z.object({
  id: z.uuid(),
  number: z.string().nullable(),
  announcement: z.string().nullable(),
  person: PersonShown,
  state: ApplicationStateName,
  stateAt: Instant,
  submittedAt: Instant.nullable(),
  dueOn: z.string().nullable(),
  /** Calendar days until the last day, 0 on it, negative after it. */
  daysLeft: z.int().nullable(),
  groups: z.array(z.string()),
});

/** R01, part of the applications: how many stand where, and the days left. */
export const RegisterDashboardOutput = z.object({
  today: z.string(),
  stages: z.array(
    z.object({
      state: ApplicationStateName,
      count: z.int(),
      /** Of them: the last day is today or tomorrow, and the last day has passed. */
      near: z.int(),
      overdue: z.int(),
    }),
  ),
  soonest: z.array(ApplicationLine),
  experts: z.object({ entered: z.int(), away: z.int(), untrained: z.int(), trainingOverdue: z.int() }),
  exclusions: z.int(),
  policies: z.object({ assumed: z.int(), proposed: z.int() }),
});

export const ApplicationsInput = z.strictObject({
  state: ApplicationStateName.nullable().default(null),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
});
export const ApplicationsOutput = z.object({
  today: z.string(),
  applications: z.array(ApplicationLine),
  total: z.int(),
  pages: z.int(),
  page: z.int(),
});

export const ApplicationFile = z.object({
  id: z.uuid(),
  item: z.enum(UPLOADABLE_ITEMS),
  name: z.string(),
  kind: z.enum(['pdf', 'jpeg', 'png']),
  bytes: z.int(),
  uploadedAt: Instant,
});
/** What one system said, in a shape a page can list. `since` is the instant of the answer. */
export const DocumentFact = z.object({
  item: z.enum(DOCUMENT_ITEMS),
  finding: z.enum(FINDINGS),
  source: z.enum(['system', 'none']),
  asOf: Instant.nullable(),
  lines: z.array(z.string()),
});
export const TestTry = z.object({
  attempt: z.int(),
  /** `69.99`. */
  percent: z.string(),
  proctoring: z.enum(['positive', 'negative']),
  finishedAt: Instant,
  outcome: z.string(),
});
export const ContractShown = z.object({
  id: z.uuid(),
  number: z.string(),
  indicator: z.int(),
  sentAt: Instant,
  dueOn: z.string(),
  signedAt: Instant.nullable(),
  ended: z.boolean(),
});

/** R02, R03, R04: one application whole. */
export const ApplicationOutput = z.object({
  today: z.string(),
  application: ApplicationLine.extend({
    iin: z.string(),
    birthDate: z.string(),
    address: z.string(),
    email: z.string(),
    phone: z.string(),
    region: z.string().nullable(),
    factsAt: Instant.nullable(),
    consentVersion: z.string().nullable(),
    reasons: z.array(ReasonName),
    note: z.string().nullable(),
    reviewText: z.string().nullable(),
    refusedFrom: ApplicationStateName.nullable(),
    attempt: z.int(),
    expertId: z.uuid().nullable(),
  }),
  facts: z.array(DocumentFact),
  /** RG-10: reasons the findings speak for. */
  suggested: z.array(z.enum(CHECK_REASONS)),
  mayInvite: z.boolean(),
  files: z.array(ApplicationFile),
  tests: z.array(TestTry),
  contracts: z.array(ContractShown),
  events: z.array(
    z.object({
      event: z.enum(APPLICATION_EVENTS),
      to: ApplicationStateName,
      at: Instant,
      actor: z.enum(['candidate', 'self', 'colleague', 'system']),
    }),
  ),
  /** What the caller may do now. */
  may: z.object({
    invite: z.boolean(),
    proposeRefusal: z.boolean(),
    decideRefusal: z.boolean(),
    recordFailure: z.boolean(),
    sendContract: z.boolean(),
    enter: z.boolean(),
    decideReview: z.boolean(),
  }),
  indicatorProposed: z.int().nullable(),
  placesLeft: z.int(),
  /** Names of nosological forms and regions by code. */
  names: z.object({ groups: z.array(NamedCode), regions: z.array(NamedCode) }),
});
export const ApplicationInput = z.strictObject({ id: Id });

export const STEP_REFUSALS = ['changed-meanwhile', 'own-proposal', 'not-found'] as const;
export const ApplicationStepOutput = z.union([done, refused(STEP_REFUSALS)]);
export const InviteOutput = z.union([done, refused([...STEP_REFUSALS, 'not-everything-held'])]);
export const ProposeRefusalInput = z.strictObject({
  id: Id,
  reasons: z.array(z.enum(CHECK_REASONS, { error: 'choice' })).min(1, { error: 'choice' }),
  note: NeededNote,
});
export const TurnDownRefusalInput = z.strictObject({ id: Id, note: NeededNote });
export const RecordFailureInput = z.strictObject({
  id: Id,
  actNo: z.string().trim().min(1, { error: 'required' }).max(60, { error: 'too-long' }),
  actOn: Day,
});
export const RecordFailureOutput = z.union([
  done,
  refused([...STEP_REFUSALS, 'not-waiting', 'no-retake-left']),
]);
export const REVIEW_OUTCOMES = ['uphold', 'back-to-check', 'back-to-test', 'back-to-passed'] as const;
export const DecideReviewInput = z.strictObject({
  id: Id,
  outcome: z.enum(REVIEW_OUTCOMES, { error: 'choice' }),
  note: NeededNote,
});
const Indicator = z.coerce
  .number({ error: 'choice' })
  .int({ error: 'choice' })
  .min(1, { error: 'choice' })
  .max(1000, { error: 'choice' });
export const OpenContractInput = z.strictObject({ id: Id, indicator: Indicator });
export const OpenContractOutput = z.union([
  z.object({ ok: z.literal(true), signingId: z.uuid(), text: z.string(), hash: z.string() }),
  refused([...SEND_CONTRACT_REFUSALS, 'not-found']),
]);
export const SendContractInput = z.strictObject({ id: Id, indicator: Indicator, signingId: Id, cms: Cms });
export const SendContractOutput = z.union([
  done,
  refused([...SEND_CONTRACT_REFUSALS, ...SIGNING_REFUSALS, 'not-found', 'changed-meanwhile']),
]);
export const EnterInput = z.strictObject({
  id: Id,
  regionCode: z.string().regex(/^\d{2}$/, { error: 'choice' }),
});
export const EnterOutput = z.union([
  z.object({ ok: z.literal(true), expertId: z.uuid(), code: z.string() }),
  refused([...STEP_REFUSALS, 'region-unknown', 'barred', 'expert-already']),
]);

/** R05: what the register is searched by. Ids and codes only: a name is typed into a field that is sent in the body, never in an address. */
export const PRESENCES = ['here', 'away'] as const;
export const LOADS = ['none', 'some', 'full'] as const;
const optional = <Schema extends z.ZodType>(schema: Schema) => schema.nullable().default(null);
export const ExpertFilter = z.strictObject({
  code: optional(z.string().trim().max(20)),
  group: optional(z.string().max(60)),
  region: optional(z.string().regex(/^\d{2}$/)),
  kind: optional(z.enum(EXPERT_KINDS)),
  presence: optional(z.enum(PRESENCES)),
  load: optional(z.enum(LOADS)),
  state: z.enum(['entered', 'excluded', 'all']).default('entered'),
});
export const ExpertsInput = ExpertFilter.extend({
  /** Beginning of a surname; goes in the body of the call. */
  surname: optional(z.string().trim().max(100)),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
});
export const ExpertLine = z.object({
  id: z.uuid(),
  code: z.string(),
  person: PersonShown,
  kind: z.enum(EXPERT_KINDS),
  region: z.string(),
  groups: z.array(z.string()),
  openParts: z.int(),
  dealtToday: z.int(),
  cap: z.int(),
  here: z.boolean(),
  enteredOn: z.string(),
  excludedOn: z.string().nullable(),
});
export const ExpertsOutput = z.object({
  today: z.string(),
  experts: z.array(ExpertLine),
  total: z.int(),
  page: z.int(),
  pages: z.int(),
  groups: z.array(NamedCode),
  regions: z.array(NamedCode),
});
export const ExportExpertsInput = ExpertFilter.extend({ format: z.enum(['csv', 'xlsx']) });
export const ExportExpertsOutput = z.object({ name: z.string(), base64: z.string() });

const AbsenceShown = z.object({
  id: z.uuid(),
  kind: z.enum(['sick-leave', 'leave', 'other']),
  from: z.string(),
  until: z.string().nullable(),
  cancelled: z.boolean(),
});
export const ExpertInput = z.strictObject({ id: Id });
export const ExpertOutput = z.object({
  today: z.string(),
  expert: ExpertLine.extend({
    iin: z.string(),
    dailyCap: z.int().nullable(),
    indicator: z.int().nullable(),
    trainingDueOn: z.string().nullable(),
    trainedOn: z.string().nullable(),
    exclusionGround: z.enum(EXCLUSION_GROUNDS).nullable(),
    applicationId: z.uuid().nullable(),
  }),
  modem: z.object({ number: z.string(), issuedOn: z.string(), issueAct: z.string() }).nullable(),
  modems: z.array(
    z.object({
      number: z.string(),
      issuedOn: z.string(),
      issueAct: z.string(),
      returnedOn: z.string().nullable(),
      returnAct: z.string().nullable(),
    }),
  ),
  absences: z.array(AbsenceShown),
  indicators: z.array(z.object({ month: z.string(), target: z.int(), done: z.int() })),
  failures: z.int(),
  failuresBorne: z.int(),
  exclusion: z
    .object({
      id: z.uuid(),
      ground: z.enum(EXCLUSION_GROUNDS),
      reason: z.string(),
      proposedAt: Instant,
      own: z.boolean(),
    })
    .nullable(),
  history: z.array(
    z.object({
      at: Instant,
      change: z.string(),
      before: z.record(z.string(), z.unknown()).nullable(),
      after: z.record(z.string(), z.unknown()).nullable(),
      actor: z.enum(['self', 'expert', 'colleague', 'system']),
    }),
  ),
  groups: z.array(NamedCode),
  regions: z.array(NamedCode),
});
export const ChangeExpertInput = z.strictObject({
  id: Id,
  groups: z.array(z.string().max(60)).min(1, { error: 'choice' }).max(200),
  regionCode: z.string().regex(/^\d{2}$/, { error: 'choice' }),
  dailyCap: z.coerce
    .number({ error: 'choice' })
    .int()
    .min(1, { error: 'choice' })
    .max(200)
    .nullable()
    .default(null),
});
export const ChangeExpertOutput = z.union([
  done,
  refused(['not-found', 'expert-excluded', 'same-as-now', 'group-unknown', 'region-unknown']),
]);
export const RecordTrainingInput = z.strictObject({ id: Id, trainedOn: Day });
export const RecordTrainingOutput = z.union([
  done,
  refused(['not-found', 'expert-excluded', 'trained-already', 'day-not-fitting']),
]);
const Act = z.string().trim().min(1, { error: 'required' }).max(60, { error: 'too-long' });
export const IssueModemInput = z.strictObject({ id: Id, number: Act, issuedOn: Day, act: Act });
export const ReturnModemInput = z.strictObject({ id: Id, returnedOn: Day, act: Act });
export const ModemOutput = z.union([done, refused([...MODEM_REFUSALS, 'day-not-fitting', 'not-found'])]);

/** R06: exclusions that wait, and those of the last year. */
export const ExclusionsOutput = z.object({
  proposed: z.array(
    z.object({
      id: z.uuid(),
      expertId: z.uuid(),
      code: z.string(),
      person: PersonShown,
      ground: z.enum(EXCLUSION_GROUNDS),
      reason: z.string(),
      proposedAt: Instant,
      by: z.enum(['self', 'expert', 'colleague', 'system']),
    }),
  ),
  decided: z.array(
    z.object({
      id: z.uuid(),
      expertId: z.uuid(),
      code: z.string(),
      ground: z.enum(EXCLUSION_GROUNDS),
      state: z.enum(['confirmed', 'turned-down']),
      decidedAt: Instant,
      automatic: z.boolean(),
      moved: z.int().nullable(),
      left: z.int().nullable(),
    }),
  ),
});
/** R07: what an exclusion or absence would do to the open cases, before it is confirmed. */
export const EffectView = z.object({
  parts: z.int(),
  groups: z.array(
    z.object({
      group: z.string(),
      parts: z.int(),
      /** Others of the register who could take them: entered for the group, here today. */
      others: z.int(),
      /** Parts that nobody else could take: their case waits on the waiting list. */
      stuck: z.int(),
    }),
  ),
});
export const ExclusionEffectInput = z.strictObject({ expertId: Id });
export const ProposeExclusionInput = z.strictObject({
  expertId: Id,
  ground: z.enum(MANUAL_GROUNDS, { error: 'choice' }),
  reason: NeededNote,
});
export const ExclusionOutput = z.union([done, refused([...EXCLUSION_REFUSALS, 'not-found'])]);
export const ConfirmExclusionInput = z.strictObject({ id: Id, shownParts: z.coerce.number().int().min(0) });
export const ConfirmExclusionOutput = z.union([
  z.object({ ok: z.literal(true), moved: z.int(), left: z.int() }),
  refused([...EXCLUSION_REFUSALS, 'not-found']),
]);
export const TurnDownExclusionInput = z.strictObject({ id: Id });

/** The register's settings. */
export const PolicyView = z.object({
  key: z.enum(REGISTER_POLICIES),
  value: z.unknown(),
  validFrom: z.string(),
  basis: z.string(),
  assumed: z.boolean(),
  rows: z.array(
    z.object({
      value: z.unknown(),
      validFrom: z.string(),
      basis: z.string(),
      assumed: z.boolean(),
      inForce: z.boolean(),
    }),
  ),
  proposal: z
    .object({
      id: z.uuid(),
      value: z.unknown(),
      validFrom: z.string(),
      basis: z.string(),
      assumed: z.boolean(),
      own: z.boolean(),
    })
    .nullable(),
});
export const RegisterSettingsOutput = z.object({ today: z.string(), policies: z.array(PolicyView) });
export const ProposePolicyInput = z.strictObject({
  key: z.enum(REGISTER_POLICIES, { error: 'choice' }),
  value: z.unknown(),
  validFrom: Day,
  basis: z.string().trim().min(1, { error: 'required' }).max(500, { error: 'too-long' }),
  assumed: z.boolean().default(false),
});
export const PolicyStepInput = z.strictObject({ id: Id });
export const PolicyStepOutput = z.union([done, refused([...POLICY_REFUSALS, 'not-found'])]);
export const FourEyesRefusalName = z.enum(FOUR_EYES_REFUSALS);
