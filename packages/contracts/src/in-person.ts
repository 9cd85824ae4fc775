import {
  ACCESS_STATES,
  ACCESS_WAYS,
  APPLICATION_STATES,
  DIGITAL_DOCUMENTS,
  DIGITAL_REFUSALS,
  DOCUMENT_SOURCES,
  IN_PERSON_DOCUMENTS,
  INJURY_KINDS,
  REFUSAL_GROUNDS,
  TAKE_REFUSALS,
} from '@mse/domain/in-person';
import { DECISION_FIELDS, DECISION_PROBLEMS, MISSED_PERIOD_REFUSALS } from '@mse/domain/examination';
import { ABSENCE_GROUNDS, EXAMINATION_PLACES, PLACE_REFUSALS } from '@mse/domain/field-sessions';
import { EXAMINATION_PURPOSES } from '@mse/domain/intake';
import { DECISION_ELEMENTS } from '@mse/domain/policies';
import { SIGNING_REFUSALS } from '@mse/domain/signing';
import { z } from 'zod';
import { Day, Id, Instant, LanguageChoice, refused } from './common.ts';

const key = (error: 'required' | 'choice' | 'too-long' | 'invalid' | 'date') => error;

/** FF-11, row 11: one document as handed in. */
export const HandedDocumentInput = z.strictObject({
  document: z.enum(IN_PERSON_DOCUMENTS, { error: key('choice') }),
  source: z.enum(DOCUMENT_SOURCES, { error: key('choice') }),
  sheets: z.coerce
    .number({ error: key('invalid') })
    .int({ error: key('invalid') })
    .min(0, { error: key('invalid') })
    .max(2000, { error: key('invalid') }),
  validUntil: Day.nullable(),
});

/** What a clerk fills in; everything else of the form comes from the registry and the form 031/у. */
export const ApplicationFields = z.strictObject({
  byRepresentative: z.boolean(),
  working: z.boolean(),
  first: z.boolean(),
  injury: z.enum(INJURY_KINDS, { error: key('choice') }),
  earlyReason: z
    .string()
    .trim()
    .max(1000, { error: key('too-long') }),
  consented: z.boolean(),
  /** FF-11, row 12; nothing to tick at the department. */
  placeConsented: z.boolean().default(false),
  documents: z
    .array(HandedDocumentInput)
    .max(IN_PERSON_DOCUMENTS.length)
    .refine((rows) => new Set(rows.map((row) => row.document)).size === rows.length, {
      error: key('invalid'),
    }),
});

/** PX-34, C3: people invited after a mismatch, of the caller's department. */
export const InvitedOutput = z.object({
  window: z.object({ from: z.string(), until: z.string() }),
  invited: z.array(
    z.object({
      caseId: z.uuid(),
      personName: z.string(),
      iinMasked: z.string(),
      language: LanguageChoice,
      phone: z.boolean(),
      invitedAt: Instant,
      repeated: z.boolean(),
      closeAt: Instant,
      applicationId: z.uuid().nullable(),
    }),
  ),
});

export const OpenApplicationInput = z.union([
  z.strictObject({ visitId: Id }),
  z.strictObject({ caseId: Id }),
  z.strictObject({ fieldPlaceId: Id }),
]);
export const OPEN_APPLICATION_REFUSALS = [
  'not-in-service',
  'form-served',
  'not-invited',
  'outside-hours',
  'session-not-held',
  'place-ended',
] as const;
export const OpenApplicationOutput = z.union([
  z.object({ ok: z.literal(true), applicationId: z.uuid() }),
  refused(OPEN_APPLICATION_REFUSALS),
]);

export const ApplicationInput = z.strictObject({ applicationId: Id });
export const ApplicationCheckView = z.object({
  grounds: z.array(z.enum(REFUSAL_GROUNDS)),
  missing: z.array(z.array(z.enum(IN_PERSON_DOCUMENTS))),
  expired: z.array(z.enum(IN_PERSON_DOCUMENTS)),
  /** FF-03: what the place of examination still lacks. */
  place: z.array(z.enum(PLACE_REFUSALS)),
});
/** FF-11: the application with everything that fills itself. */
export const ApplicationView = z.object({
  applicationId: z.uuid(),
  state: z.enum(APPLICATION_STATES),
  version: z.int(),
  invited: z.boolean(),
  visitId: z.uuid().nullable(),
  /** FF-03: where the person is examined; the session is null at the department and in absentia. */
  place: z.object({
    kind: z.enum(EXAMINATION_PLACES),
    sessionId: z.uuid().nullable(),
    words: z.string(),
    ground: z.enum(ABSENCE_GROUNDS).nullable(),
    conclusion: z.object({ number: z.string(), day: Day.nullable(), copies: z.int() }).nullable(),
    minutes: z.int(),
  }),
  mayDecide: z.boolean(),
  /** The caller proposed the refusal that waits: another must decide. */
  proposedByMe: z.boolean(),
  person: z.object({
    name: z.string(),
    iinMasked: z.string(),
    birthDate: Day,
    ageYears: z.int(),
    sex: z.enum(['female', 'male']),
    address: z.object({ kk: z.string(), ru: z.string() }).nullable(),
    phone: z.string().nullable(),
    email: z.string().nullable(),
  }),
  representativeName: z.string().nullable(),
  form: z.object({
    number: z.string(),
    purpose: z.enum(EXAMINATION_PURPOSES),
    organization: z.string(),
    signedAt: Instant,
    validUntil: Day,
  }),
  fields: z.object({
    byRepresentative: z.boolean(),
    working: z.boolean(),
    first: z.boolean(),
    injury: z.enum(INJURY_KINDS),
    earlyReason: z.string(),
    consented: z.boolean(),
    placeConsented: z.boolean(),
    documents: z.array(
      z.object({
        document: z.enum(IN_PERSON_DOCUMENTS),
        source: z.enum(DOCUMENT_SOURCES),
        sheets: z.int(),
        validUntil: Day.nullable(),
      }),
    ),
  }),
  required: z.array(z.array(z.enum(IN_PERSON_DOCUMENTS))),
  check: ApplicationCheckView,
  /** FF-04(3): null while the registry of persons is silent. */
  registeredHere: z.boolean().nullable(),
  clock: z.object({ waited: z.int().nullable(), served: z.int(), late: z.boolean() }),
  grounds: z.array(z.enum(REFUSAL_GROUNDS)),
  refusalNote: z.string(),
  consultation: z
    .object({
      question: z.string(),
      askedAt: Instant,
      dueAt: Instant,
      answer: z.string().nullable(),
      answeredAt: Instant.nullable(),
    })
    .nullable(),
  openedAt: Instant,
  endedAt: Instant.nullable(),
  actNo: z.string().nullable(),
  /** FF-06: the newest request to the digital documents service; null when none was made. */
  digital: z
    .object({
      accessId: z.uuid(),
      way: z.enum(ACCESS_WAYS),
      state: z.enum(ACCESS_STATES),
      phoneMasked: z.string(),
      expiresAt: Instant,
      triesLeft: z.int(),
      documents: z.array(z.enum(DIGITAL_DOCUMENTS)),
    })
    .nullable(),
  digitalDocuments: z.array(
    z.object({
      id: z.uuid(),
      document: z.enum(DIGITAL_DOCUMENTS),
      number: z.string(),
      issuedOn: Day,
      validUntil: Day.nullable(),
    }),
  ),
});

/** FF-06: asks the owner for documents. */
export const AskDigitalInput = z.strictObject({
  applicationId: Id,
  way: z.enum(ACCESS_WAYS, { error: key('choice') }),
  documents: z
    .array(z.enum(DIGITAL_DOCUMENTS, { error: key('choice') }))
    .min(1, { error: key('required') })
    .max(DIGITAL_DOCUMENTS.length),
});
export const AskDigitalOutput = z.union([
  z.object({ ok: z.literal(true), accessId: z.uuid() }),
  refused(['not-possible-now', 'no-number', 'service-silent', 'asked-often']),
]);
/** FF-06: the code as the owner told it, or nothing to ask what was replied by SMS. It is in no log, no address and no table. */
export const TakeDigitalInput = z.strictObject({
  applicationId: Id,
  accessId: Id,
  code: z
    .string()
    .trim()
    .regex(/^\d{0,8}$/, { error: key('invalid') }),
});
export const TakeDigitalOutput = z.union([
  z.object({
    ok: z.literal(true),
    received: z.array(z.enum(DIGITAL_DOCUMENTS)),
    dropped: z.array(z.enum(DIGITAL_REFUSALS)),
  }),
  z.object({ ok: z.literal(false), refusal: z.enum(TAKE_REFUSALS), triesLeft: z.int() }),
]);

export const STEP_REFUSALS = ['not-possible-now', 'changed-meanwhile'] as const;
export const SaveApplicationInput = z.strictObject({
  applicationId: Id,
  version: z.coerce.number().int(),
  fields: ApplicationFields,
});
export const SaveApplicationOutput = z.union([
  z.object({ ok: z.literal(true), version: z.int(), check: ApplicationCheckView }),
  refused([...STEP_REFUSALS, 'not-digital']),
]);

/** FF-10: accepts, or says which grounds stand against it. */
export const AcceptApplicationInput = z.strictObject({ applicationId: Id, version: z.coerce.number().int() });
export const AcceptApplicationOutput = z.union([
  z.object({ ok: z.literal(true) }),
  refused(STEP_REFUSALS),
  z.object({ ok: z.literal(false), refusal: z.literal('grounds'), check: ApplicationCheckView }),
]);

/** FF-04: one or several grounds of the law, and a note in the applicant's language. */
export const ProposeRefusalInput = z.strictObject({
  applicationId: Id,
  version: z.coerce.number().int(),
  grounds: z.array(z.enum(REFUSAL_GROUNDS, { error: key('choice') })).min(1, { error: key('required') }),
  note: z
    .string()
    .trim()
    .min(1, { error: key('required') })
    .max(2000, { error: key('too-long') }),
});
export const StepOutput = z.union([z.object({ ok: z.literal(true) }), refused(STEP_REFUSALS)]);
export const DecideRefusalInput = z.strictObject({ applicationId: Id, confirm: z.boolean() });
export const DecideRefusalOutput = z.union([
  z.object({ ok: z.literal(true) }),
  refused([...STEP_REFUSALS, 'own-proposal']),
]);
export const WithdrawInput = z.strictObject({ applicationId: Id });

/** PX-37: the person came and does not want to be examined in person. */
export const RefuseVisitInput = z.strictObject({ caseId: Id });
export const RefuseVisitOutput = z.union([
  z.object({ ok: z.literal(true) }),
  refused(['not-invited', 'application-open']),
]);

/** PX-40: a missed period as the head judges it. */
export const MissedPeriodInput = z.strictObject({
  applicationId: Id,
  missedFrom: Day,
  missedTo: Day,
  validReason: z.boolean(),
  creditedFrom: Day.nullable(),
});
export const MissedPeriodOutput = z.union([
  z.object({ ok: z.literal(true) }),
  refused([...MISSED_PERIOD_REFUSALS, 'already-entered']),
]);

/** PX-22. */
export const AskConsultationInput = z.strictObject({
  applicationId: Id,
  question: z
    .string()
    .trim()
    .min(1, { error: key('required') })
    .max(4000, { error: key('too-long') }),
});
export const ConsultationsOutput = z.object({
  consultations: z.array(
    z.object({
      consultationId: z.uuid(),
      departmentNumber: z.int(),
      askedAt: Instant,
      dueAt: Instant,
      overdue: z.boolean(),
      answeredAt: Instant.nullable(),
    }),
  ),
});
export const ConsultationInput = z.strictObject({ consultationId: Id });
export const AnswerConsultationInput = z.strictObject({
  consultationId: Id,
  answer: z
    .string()
    .trim()
    .min(1, { error: key('required') })
    .max(8000, { error: key('too-long') }),
});
/** A typed conclusion: texts of the fields of the form. */
export const ConclusionTyped = z.partialRecord(z.enum(DECISION_FIELDS), z.string().max(20_000));
export const ConsultationView = z.object({
  consultationId: z.uuid(),
  departmentNumber: z.int(),
  ageYears: z.int(),
  sex: z.enum(['female', 'male']),
  purpose: z.enum(EXAMINATION_PURPOSES),
  preliminary: ConclusionTyped,
  question: z.string(),
  askedAt: Instant,
  dueAt: Instant,
  overdue: z.boolean(),
  answer: z.string().nullable(),
  answeredAt: Instant.nullable(),
});
export const AnswerConsultationOutput = z.union([
  z.object({ ok: z.literal(true) }),
  refused(['already-answered']),
]);

/** PX-35: the form of the head's conclusion. */
export const ConclusionFormView = z.object({
  applicationId: z.uuid(),
  state: z.enum(APPLICATION_STATES),
  version: z.int(),
  formNumber: z.string(),
  purpose: z.enum(EXAMINATION_PURPOSES),
  ageYears: z.int(),
  asked: z.partialRecord(z.enum(DECISION_ELEMENTS), z.enum(['must', 'may', 'none'])),
  terms: z.object({ adult: z.array(z.string()), child: z.array(z.string()) }),
  typed: ConclusionTyped,
  problems: z.array(z.object({ field: z.enum(DECISION_FIELDS), problem: z.enum(DECISION_PROBLEMS) })),
});
export const SaveConclusionInput = z.strictObject({
  applicationId: Id,
  version: z.coerce.number().int(),
  typed: ConclusionTyped,
});
export const SaveConclusionOutput = z.union([
  z.object({ ok: z.literal(true), version: z.int() }),
  refused(STEP_REFUSALS),
]);
export const StartConclusionOutput = z.union([
  z.object({ ok: z.literal(true), signingId: z.uuid() }),
  refused(['not-possible-now', 'incomplete']),
]);
export const ConcludeInput = z.strictObject({
  applicationId: Id,
  signingId: Id,
  /** CMS in base64; empty for a signature that has come by phone or waits to be checked. */
  cms: z.string().max(400_000),
});
export const ConcludeOutput = z.union([
  z.object({ ok: z.literal(true), actNo: z.string() }),
  refused([...STEP_REFUSALS, 'incomplete', ...SIGNING_REFUSALS]),
]);
