import { SECTIONS } from '@mse/domain/dossiers';
import {
  ASSIGNMENT_CAUSES,
  DECISION_FIELDS,
  DECISION_PROBLEMS,
  DISABILITY_OUTCOMES,
  LONGEST_PHRASE,
  NONCONFORMITY_KINDS,
  PHRASE_FIELDS,
  PHRASE_REFUSALS,
  RECUSAL_REASONS,
} from '@mse/domain/examination';
import { EXAMINATION_PURPOSES } from '@mse/domain/intake';
import { DECISION_ELEMENTS } from '@mse/domain/policies';
import { SIGNING_REFUSALS } from '@mse/domain/signing';
import { z } from 'zod';
import { Id, Instant, refused, Trilingual } from './common.ts';
import { Cms } from './signing.ts';

const Purpose = z.enum(EXAMINATION_PURPOSES);
const Cause = z.enum(ASSIGNMENT_CAUSES);

/** X01: parts on the caller's desk, what is due first comes first, so that overdue ones stand on top. */
export const WorkListInput = z.strictObject({
  /** Where the page before ended. */
  after: z.strictObject({ dueAt: Instant, assignmentId: Id }).optional(),
});
/** PX-25: what the expert was told by SMS; counts and the nearest term. */
export const NoticeView = z.object({
  id: z.uuid(),
  at: Instant,
  dealt: z.int(),
  soon: z.int(),
  overdue: z.int(),
  firstDueAt: Instant,
});
export const WorkListOutput = z.object({
  /** Code of the expert in the register; null for whoever is not entered, or not any more. */
  expertCode: z.string().nullable(),
  /** Time of the service, by which deadlines are put in words. */
  now: Instant,
  parts: z.array(
    z.object({
      assignmentId: z.uuid(),
      caseCode: z.string(),
      arrivedAt: Instant,
      dueAt: Instant,
      overdue: z.boolean(),
      opened: z.boolean(),
      /** A decision has been begun. */
      begun: z.boolean(),
      cause: Cause,
      purpose: Purpose.nullable(),
      nosology: Trilingual.nullable(),
    }),
  ),
  counts: z.object({ open: z.int(), overdue: z.int() }),
  /** Not yet marked as seen, newest first. */
  notices: z.array(NoticeView),
  next: z.object({ dueAt: Instant, assignmentId: z.uuid() }).nullable(),
});

/** The moment of the newest notice that was on the page: what came since stays. */
export const MarkNoticesSeenInput = z.strictObject({ until: Instant });
export const MarkNoticesSeenOutput = z.object({ seen: z.int() });

export const PartInput = z.strictObject({ assignmentId: Id });

/** A page of the papers as the list shows it. */
const PageView = z.object({
  pageId: z.uuid(),
  fileNo: z.int(),
  pageNo: z.int(),
  kind: z.string(),
  kindName: Trilingual.nullable(),
  width: z.int(),
  height: z.int(),
});

/** X02: what an expert sees of a case: fields of the allow-list (PX-04) and the papers as re-made. */
export const CaseOutput = z.object({
  assignmentId: z.uuid(),
  caseCode: z.string(),
  expertCode: z.string(),
  state: z.enum(['open', 'signed']),
  cause: Cause,
  arrivedAt: Instant,
  dueAt: Instant,
  overdue: z.boolean(),
  now: Instant,
  sex: z.enum(['female', 'male']),
  ageYears: z.int(),
  purpose: Purpose,
  icd10: z.string(),
  nosology: Trilingual.nullable(),
  examinedOn: z.string(),
  sections: z.array(z.object({ name: z.enum(SECTIONS), text: z.string() })),
  examinations: z.array(
    z.object({
      code: z.string(),
      name: Trilingual.nullable(),
      required: z.boolean(),
      present: z.boolean(),
      pageIds: z.array(z.uuid()),
    }),
  ),
  pages: z.array(PageView),
  draft: z.object({ version: z.int(), savedAt: Instant }).nullable(),
  decision: z.object({ signedAt: Instant, inTime: z.boolean() }).nullable(),
});

export const PageInput = z.strictObject({ assignmentId: Id, pageId: Id });
/** X03: one page with what was read on it, for search and for screen readers; the picture comes by `GET /files/pages`. */
export const PageOutput = PageView.extend({
  caseCode: z.string(),
  expertCode: z.string(),
  state: z.enum(['open', 'signed']),
  text: z.string(),
  /** All pages in order, for the jump. */
  pages: z.array(PageView.pick({ pageId: true, fileNo: true, pageNo: true, kind: true, kindName: true })),
});

const Typed = z.partialRecord(z.enum(DECISION_FIELDS), z.string());

/** X04: what the form asks for this case, and what was typed so far. */
export const DecisionFormOutput = z.object({
  assignmentId: z.uuid(),
  caseCode: z.string(),
  dueAt: Instant,
  overdue: z.boolean(),
  now: Instant,
  purpose: Purpose,
  sex: z.enum(['female', 'male']),
  ageYears: z.int(),
  icd10: z.string(),
  examinedOn: z.string(),
  asked: z.record(z.enum(DECISION_ELEMENTS), z.enum(['must', 'may', 'none'])),
  outcomes: z.array(z.enum(DISABILITY_OUTCOMES)),
  terms: z.object({
    disability: z.array(z.string()),
    capacity: z.array(z.string()),
    programme: z.array(z.string()),
  }),
  draft: z.object({ version: z.int(), savedAt: Instant, typed: Typed }).nullable(),
  /** What stood there before the present sitting, and the fields that differ from it now. */
  earlier: z.object({ at: Instant, typed: Typed, changed: z.array(z.enum(DECISION_FIELDS)) }).nullable(),
});

const MAX_TYPED = 12_000;
/** Fields of a decision as typed; anything else that is sent is refused. */
export const DecisionTypedInput = z.partialRecord(
  z.enum(DECISION_FIELDS),
  z.string().max(MAX_TYPED, { error: 'too-long' }),
);

export const SaveDraftInput = z.strictObject({
  assignmentId: Id,
  /** Version this was typed over; 0 for the first. */
  version: z.int().min(0),
  typed: DecisionTypedInput,
});
export const SaveDraftOutput = z.union([
  z.object({ ok: z.literal(true), version: z.int(), savedAt: Instant }),
  refused(['not-open']),
  /** Another tab or computer has saved meanwhile. */
  z.object({
    ok: z.literal(false),
    refusal: z.literal('conflict'),
    current: z.object({ version: z.int(), savedAt: Instant, typed: Typed }),
    changed: z.array(z.enum(DECISION_FIELDS)),
  }),
]);

export const StartDecisionSigningOutput = z.union([
  z.object({ ok: z.literal(true), signingId: z.uuid() }),
  refused(['not-open', 'no-draft']),
  z.object({
    ok: z.literal(false),
    refusal: z.literal('problems'),
    problems: z.array(z.object({ field: z.enum(DECISION_FIELDS), problem: z.enum(DECISION_PROBLEMS) })),
  }),
]);

export const SignDecisionInput = z.strictObject({ assignmentId: Id, signingId: Id, cms: Cms });
export const DECISION_SIGN_REFUSALS = [...SIGNING_REFUSALS, 'not-open'] as const;
export const SignDecisionOutput = z.union([
  z.object({ ok: z.literal(true), signedAt: Instant, inTime: z.boolean() }),
  refused(DECISION_SIGN_REFUSALS),
]);

/** X05: the own signed decision, word for word. */
export const SignedDecisionOutput = z.object({
  assignmentId: z.uuid(),
  caseCode: z.string(),
  text: z.string(),
  hash: z.string(),
  signedAt: Instant,
  dueAt: Instant,
  inTime: z.boolean(),
  certificate: z.string(),
});

/** PX-32: the sheet of a case whose decisions have been compared; nobody is named. Null before the comparison. */
export const DecisionSheetOutput = z.object({
  caseCode: z.string(),
  sheet: z
    .object({
      outcome: z.enum(['agreed', 'mismatch', 'nonconformity']),
      comparedAt: Instant,
      decisions: z.array(
        z.object({
          own: z.boolean(),
          outcome: z.enum(DISABILITY_OUTCOMES).nullable(),
          nonconformity: z.array(z.enum(NONCONFORMITY_KINDS)),
          generalLoss: z.int().nullable(),
          professionalLoss: z.int().nullable(),
          signedAt: Instant,
          inTime: z.boolean(),
        }),
      ),
    })
    .nullable(),
});

export const ReportIdentityInput = z.strictObject({
  assignmentId: Id,
  /** The page on which one can see who it is, or a section of the form by its name. */
  seen: z.union([z.strictObject({ pageId: Id }), z.strictObject({ section: z.string().max(40) })]),
});
export const ReportIdentityOutput = z.object({ ok: z.literal(true) });

export const RecuseInput = z.strictObject({
  assignmentId: Id,
  reason: z.enum(RECUSAL_REASONS, { error: 'choice' }),
  note: z.string().trim().max(4000, { error: 'too-long' }).default(''),
});
export const RecuseOutput = z.union([
  z.object({ ok: z.literal(true) }),
  refused(['not-open', 'note-required', 'too-long']),
]);

const phraseKey = (error: 'required' | 'too-long') => error;
const PhraseText = z
  .string()
  .trim()
  .min(1, { error: phraseKey('required') })
  .max(LONGEST_PHRASE, { error: phraseKey('too-long') });
const PhraseView = z.object({ id: z.uuid(), field: z.enum(PHRASE_FIELDS), text: z.string() });
/** X04: template phrases that may be put into a decision: the expert's own, and those of the methodology and control department. */
export const PhrasesOutput = z.object({ own: z.array(PhraseView), common: z.array(PhraseView) });
export const CommonPhrasesOutput = z.object({ phrases: z.array(PhraseView) });
export const AddPhraseInput = z.strictObject({
  field: z.enum(PHRASE_FIELDS, { error: 'choice' }),
  text: PhraseText,
});
export const AddPhraseOutput = z.union([
  z.object({ ok: z.literal(true), phraseId: z.uuid() }),
  refused(PHRASE_REFUSALS),
]);
export const ChangePhraseInput = z.strictObject({ phraseId: Id, text: PhraseText });
export const ChangePhraseOutput = z.union([
  z.object({ ok: z.literal(true) }),
  refused(['says-who', 'known-already']),
]);
export const RemovePhraseInput = z.strictObject({ phraseId: Id });
export const RemovePhraseOutput = z.object({ ok: z.literal(true) });
