import type { ControlChannel } from '@mse/domain/deadlines';
import type {
  AssignmentCause,
  AssignmentState,
  CaseState,
  CaseTrack,
  ConclusionContent,
  ControlOutcome,
  DecisionContent,
  PhraseField,
  RecusalReason,
} from '@mse/domain/examination';
import type { ExaminationPlace } from '@mse/domain/field-sessions';
import type { ExaminationPurpose, TermRule } from '@mse/domain/intake';
import type { PlainDate } from '@mse/domain/shared';
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  pgSchema,
  pgTable,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytes, instant, literal } from './columns.ts';
import { experts, nosologyGroups } from './experts.ts';
import { persons } from './identity.ts';
import { forms, technicalFailures } from './intake.ts';
import { messages } from './notifications.ts';
import { regions } from './policies.ts';
import { departments } from './reference.ts';

/** The whole content of an accepted form, as it was sent: what the draft act is made from. Identity included; experts never read it. */
export const formContents = pgTable('form_content', {
  formId: uuid('form_id')
    .primaryKey()
    .references(() => forms.id),
  document: jsonb('document').$type<Record<string, unknown>>().notNull(),
});

/** IN-11: files of a form, fetched from the electronic document store and found equal to their hash. */
export const formFiles = pgTable(
  'form_file',
  {
    id: uuid('id').primaryKey(),
    formId: uuid('form_id')
      .notNull()
      .references(() => forms.id),
    /** Identifier in the electronic document store. */
    storeId: text('store_id').notNull(),
    /** What the file is: a code of the mandatory examinations, or `other`. */
    kind: text('kind').notNull(),
    mediaType: text('media_type').notNull(),
    sha256: text('sha256').notNull(),
    content: bytes('content').notNull(),
  },
  (table) => [uniqueIndex('form_file_once').on(table.formId, table.storeId)],
);

/** A remote case: one form 031/у on its way to a conclusion (PX-39). */
export const cases = pgTable(
  'examination_case',
  {
    id: uuid('id').primaryKey(),
    formId: uuid('form_id')
      .notNull()
      .unique()
      .references(() => forms.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => persons.id),
    representativeId: uuid('representative_id').references(() => persons.id),
    /** PX-11: region of the permanent registration; hidden from experts. */
    regionCode: text('region_code')
      .notNull()
      .references(() => regions.code),
    /** PX-34: department of the permanent registration; null when none is mapped. */
    departmentId: uuid('department_id').references(() => departments.id),
    track: literal<CaseTrack>('track').notNull(),
    nosologyGroup: text('nosology_group')
      .notNull()
      .references(() => nosologyGroups.code),
    purpose: literal<ExaminationPurpose>('purpose').notNull(),
    state: literal<CaseState>('state').notNull(),
    stateAt: instant('state_at').notNull(),
    acceptedAt: instant('accepted_at').notNull(),
    /** PX-43: the technical failure in whose mode the form came; the term of the conclusion then counts by `termRule` from `termFrom`. */
    failureId: uuid('failure_id').references(() => technicalFailures.id),
    termRule: literal<TermRule>('term_rule').notNull().default('conclusion'),
    termFrom: date('term_from').$type<PlainDate>(),
    /** PX-03: number of the draft act. PX-01: the day it was formed is the day of examination. */
    draftActNo: text('draft_act_no').unique(),
    draftFormedAt: instant('draft_formed_at'),
    /** PX-16: order of the waiting list, and when the case joined it. */
    arrival: bigint('arrival', { mode: 'number' }).generatedAlwaysAsIdentity(),
    waitingSince: instant('waiting_since'),
    /** PX-22: the day the case was first dealt; the outer limit runs from it. */
    dealtAt: instant('dealt_at'),
    /** When the whole service must be done (PX-20, PX-22); null before it is dealt. */
    dueAt: instant('due_at'),
    /** PX-34…PX-37. */
    invitedAt: instant('invited_at'),
    repeatAt: instant('repeat_at'),
    closeAt: instant('close_at'),
    /** PX-25: when it was seen that the term of the whole service had passed. */
    overdueAt: instant('overdue_at'),
    endedAt: instant('ended_at'),
  },
  (table) => [
    index('examination_case_person').on(table.personId, table.acceptedAt),
    index('examination_case_waiting')
      .on(table.arrival)
      .where(sql`${table.state} = 'waiting'`),
    index('examination_case_department')
      .on(table.departmentId, table.state)
      .where(sql`${table.state} in ('invited', 'invited-again', 'consultation')`),
    index('examination_case_due')
      .on(table.dueAt)
      .where(sql`${table.endedAt} is null and ${table.overdueAt} is null`),
    index('examination_case_late')
      .on(table.overdueAt)
      .where(sql`${table.endedAt} is null and ${table.overdueAt} is not null`),
    index('examination_case_repeat')
      .on(table.repeatAt)
      .where(sql`${table.state} = 'invited'`),
    index('examination_case_close')
      .on(table.closeAt)
      .where(sql`${table.state} in ('invited', 'invited-again')`),
  ],
);

/** Every step of a case; append-only. */
export const caseEvents = pgTable(
  'case_event',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id),
    event: text('event').notNull(),
    from: literal<CaseState>('from_state'),
    to: literal<CaseState>('to_state').notNull(),
    at: instant('at').notNull(),
    /** Person id, or `system:<process>`. */
    actor: text('actor').notNull(),
    detail: jsonb('detail').$type<Record<string, unknown>>().notNull().default({}),
  },
  (table) => [index('case_event_case').on(table.caseId, table.id)],
);

/** One run of the dealing: its seed and what it did, so that any dealing can be explained later (PX-15). */
export const dealings = pgTable('dealing', {
  id: uuid('id').primaryKey(),
  at: instant('at').notNull(),
  seed: bigint('seed', { mode: 'number' }).notNull(),
  method: text('method').notNull(),
  seen: integer('seen').notNull(),
  dealt: integer('dealt').notNull(),
  /** Panels, forms and the experts as they stood, in the order of their ids; with seed and cases the same dealing can be made again. */
  inputs: jsonb('inputs').$type<Record<string, unknown>>().notNull().default({}),
});

/** An expert's part in a case: one seat of its panel. */
export const assignments = pgTable(
  'assignment',
  {
    id: uuid('id').primaryKey(),
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id),
    seat: smallint('seat').notNull(),
    expertId: uuid('expert_id')
      .notNull()
      .references(() => experts.id),
    /** What the expert sees as the name of the case; random, of no meaning outside this part. */
    caseCode: text('case_code').notNull(),
    state: literal<AssignmentState>('state').notNull(),
    stateAt: instant('state_at').notNull(),
    cause: literal<AssignmentCause>('cause').notNull(),
    dealingId: uuid('dealing_id').references(() => dealings.id),
    /** Why this expert: how many could have been chosen, their load, the draw. */
    reasons: jsonb('reasons').$type<Record<string, unknown>>().notNull().default({}),
    /** PX-03, PX-21: when the number of the draft act came to the expert; the term runs from it. */
    arrivedAt: instant('arrived_at').notNull(),
    dueAt: instant('due_at').notNull(),
    /** PX-25: a working day before the end, and hours before it. */
    warnedAt: instant('warned_at'),
    warnedAgainAt: instant('warned_again_at'),
    overdueAt: instant('overdue_at'),
    openedAt: instant('opened_at'),
    /** PX-25: how much the expert was told of it; `NOTICE_LEVELS` of the domain. */
    told: smallint('told').notNull().default(0),
  },
  (table) => [
    // One live part per seat; an expert never meets the same act twice (PX-15).
    uniqueIndex('assignment_seat')
      .on(table.caseId, table.seat)
      .where(sql`${table.state} in ('open', 'signed')`),
    uniqueIndex('assignment_expert_once').on(table.caseId, table.expertId),
    uniqueIndex('assignment_code').on(table.caseCode),
    // X01: read alone; the migration includes the columns of the list.
    index('assignment_desk')
      .on(table.expertId, table.dueAt, table.id)
      .where(sql`${table.state} = 'open'`),
    index('assignment_due')
      .on(table.dueAt)
      .where(sql`${table.state} = 'open' and ${table.overdueAt} is null`),
    index('assignment_late')
      .on(table.overdueAt)
      .where(sql`${table.state} = 'open' and ${table.overdueAt} is not null`),
    index('assignment_arrival').on(table.expertId, table.arrivedAt),
    index('assignment_done')
      .on(table.expertId, table.stateAt)
      .where(sql`${table.state} = 'signed'`),
    // PX-25: parts of which there is something to tell.
    index('assignment_news')
      .on(table.expertId)
      .where(
        sql`${table.state} = 'open' and ${table.told} < (case when ${table.overdueAt} is not null then 4 when ${table.warnedAgainAt} is not null then 3 when ${table.warnedAt} is not null then 2 else 1 end)`,
      ),
    check('assignment_told', sql`${table.told} between 0 and 4`),
  ],
);

/** X01, PX-25: what an expert was told, with the SMS that said it; only that it was seen is added. */
export const expertNotices = pgTable(
  'expert_notice',
  {
    id: uuid('id').primaryKey(),
    expertId: uuid('expert_id')
      .notNull()
      .references(() => experts.id),
    at: instant('at').notNull(),
    dealt: integer('dealt').notNull(),
    soon: integer('soon').notNull(),
    overdue: integer('overdue').notNull(),
    firstDueAt: instant('first_due_at').notNull(),
    messageId: uuid('message_id')
      .notNull()
      .references(() => messages.id),
    seenAt: instant('seen_at'),
  },
  (table) => [
    index('expert_notice_expert').on(table.expertId, table.at),
    check('expert_notice_of_something', sql`${table.dealt} + ${table.soon} + ${table.overdue} > 0`),
  ],
);

/** X04: an expert's own template phrases; read and written under the experts' role, by their owner alone. */
export const expertPhrases = pgTable(
  'expert_phrase',
  {
    id: uuid('id').primaryKey(),
    expertId: uuid('expert_id')
      .notNull()
      .references(() => experts.id),
    field: literal<PhraseField>('field').notNull(),
    text: text('text').notNull(),
    createdAt: instant('created_at').notNull(),
    changedAt: instant('changed_at').notNull(),
  },
  (table) => [
    uniqueIndex('expert_phrase_once').on(table.expertId, table.field, sql`md5(${table.text})`),
    check('expert_phrase_field_check', sql`${table.field} in ('diagnosis', 'reasons')`),
    check('expert_phrase_text_check', sql`length(${table.text}) between 1 and 1000`),
  ],
);

/** X04: phrases of the methodology and control department for every expert; ended, never changed. */
export const commonPhrases = pgTable(
  'common_phrase',
  {
    id: uuid('id').primaryKey(),
    field: literal<PhraseField>('field').notNull(),
    text: text('text').notNull(),
    createdBy: uuid('created_by')
      .notNull()
      .references(() => persons.id),
    createdAt: instant('created_at').notNull(),
    endedBy: uuid('ended_by').references(() => persons.id),
    endedAt: instant('ended_at'),
  },
  (table) => [
    uniqueIndex('common_phrase_once')
      .on(table.field, sql`md5(${table.text})`)
      .where(sql`${table.endedAt} is null`),
    check('common_phrase_field_check', sql`${table.field} in ('diagnosis', 'reasons')`),
    check('common_phrase_text_check', sql`length(${table.text}) between 1 and 1000`),
    check('common_phrase_ended', sql`(${table.endedBy} is null) = (${table.endedAt} is null)`),
  ],
);

/** What an expert has typed so far; replaced with every save, gone with the signature. */
export const decisionDrafts = pgTable('decision_draft', {
  assignmentId: uuid('assignment_id')
    .primaryKey()
    .references(() => assignments.id),
  content: jsonb('content').$type<Record<string, unknown>>().notNull(),
  version: integer('version').notNull(),
  savedAt: instant('saved_at').notNull(),
  /** X04: what stood here before the present sitting, and since when. */
  earlier: jsonb('earlier').$type<Record<string, unknown> | null>(),
  earlierAt: instant('earlier_at'),
});

/** X06: an expert gave a case back; append-only. */
export const recusals = pgTable('recusal', {
  id: uuid('id').primaryKey(),
  assignmentId: uuid('assignment_id')
    .notNull()
    .unique()
    .references(() => assignments.id),
  reason: literal<RecusalReason>('reason').notNull(),
  /** In the expert's words; needed when the reason is `other`. */
  note: text('note').notNull(),
  at: instant('at').notNull(),
});

/** PX-30: signed decisions; append-only. */
export const decisions = pgTable(
  'decision',
  {
    id: uuid('id').primaryKey(),
    assignmentId: uuid('assignment_id')
      .notNull()
      .unique()
      .references(() => assignments.id),
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id),
    expertId: uuid('expert_id')
      .notNull()
      .references(() => experts.id),
    content: jsonb('content').$type<DecisionContent>().notNull(),
    /** The exact text that was signed, and the signature over it (CMS, detached). */
    text: text('text').notNull(),
    signature: bytes('signature').notNull(),
    signerSerial: text('signer_serial').notNull(),
    signedAt: instant('signed_at').notNull(),
    inTime: boolean('in_time').notNull(),
  },
  (table) => [
    index('decision_case').on(table.caseId),
    index('decision_expert').on(table.expertId, table.signedAt),
  ],
);

/** PX-32, PX-33: what comparing the decisions of a case gave, with the policies it used; append-only. */
export const comparisons = pgTable('comparison', {
  id: uuid('id').primaryKey(),
  caseId: uuid('case_id')
    .notNull()
    .unique()
    .references(() => cases.id),
  outcome: literal<'agreed' | 'mismatch' | 'nonconformity'>('outcome').notNull(),
  at: instant('at').notNull(),
  detail: jsonb('detail').$type<Record<string, unknown>>().notNull(),
});

/** A conclusion: of a panel, or of a head of department in person. One per form; append-only. */
export const conclusions = pgTable(
  'conclusion',
  {
    id: uuid('id').primaryKey(),
    /** Number of the MSE act. */
    actNo: text('act_no').notNull().unique(),
    formId: uuid('form_id')
      .notNull()
      .unique()
      .references(() => forms.id),
    caseId: uuid('case_id').references(() => cases.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => persons.id),
    departmentId: uuid('department_id').references(() => departments.id),
    basis: literal<'remote' | 'in-person'>('basis').notNull(),
    /** FF-03: where a head's conclusion was made; null for a panel's, and for one made before places were kept. */
    place: literal<ExaminationPlace>('place'),
    /** PX-01: day of the examination. */
    examinedOn: date('examined_on').$type<PlainDate>().notNull(),
    content: jsonb('content').$type<ConclusionContent>().notNull(),
    /** In person: the head's exact text and signature; a panel's conclusion rests on its signed decisions. */
    text: text('text'),
    signature: bytes('signature'),
    signedBy: uuid('signed_by').references(() => persons.id),
    concludedAt: instant('concluded_at').notNull(),
  },
  (table) => [
    index('conclusion_person').on(table.personId, table.concludedAt),
    index('conclusion_department').on(table.departmentId, table.examinedOn),
    check(
      'conclusion_signed',
      sql`${table.basis} = 'remote' or (${table.signature} is not null and ${table.signedBy} is not null)`,
    ),
  ],
);

/** Systems that are told things. */
export const OUTBOUND_DESTINATIONS = [
  'health-ministry',
  'service-monitoring',
  'e-sobes',
  'labour-market',
  'military-body',
  'benefits',
] as const;
export type OutboundDestination = (typeof OUTBOUND_DESTINATIONS)[number];

/** PX-41: calls for a control re-examination. `dueOn` is null while a postal call was not received. */
export const controlCalls = pgTable(
  'control_call',
  {
    id: uuid('id').primaryKey(),
    personId: uuid('person_id')
      .notNull()
      .references(() => persons.id),
    formId: uuid('form_id')
      .notNull()
      .references(() => forms.id),
    channel: literal<ControlChannel>('channel').notNull(),
    calledAt: instant('called_at').notNull(),
    calledBy: uuid('called_by')
      .notNull()
      .references(() => persons.id),
    receivedOn: date('received_on').$type<PlainDate>(),
    dueOn: date('due_on').$type<PlainDate>(),
  },
  (table) => [index('control_call_person').on(table.personId, table.calledAt)],
);

/** PX-41: what a control re-examination found, with its row of annex 18; written once. */
export const controlResults = pgTable(
  'control_result',
  {
    callId: uuid('call_id')
      .primaryKey()
      .references(() => controlCalls.id),
    outcome: literal<ControlOutcome>('outcome').notNull(),
    diagnosis: text('diagnosis').notNull(),
    /** In words, when the conclusion was not confirmed. */
    conclusion: jsonb('conclusion').$type<{ kk: string; ru: string } | null>(),
    recommendations: jsonb('recommendations').$type<{ kk: string; ru: string } | null>(),
    /** The row of the journal; the reference to it stands in the migration, as that table is declared later. */
    protocolRowId: uuid('protocol_row_id').notNull().unique(),
    examinedBy: uuid('examined_by')
      .notNull()
      .references(() => persons.id),
    examinedAt: instant('examined_at').notNull(),
  },
  (table) => [
    check('control_result_outcome_check', sql`${table.outcome} in ('confirmed', 'not-confirmed')`),
    check('control_result_said', sql`${table.outcome} = 'confirmed' or ${table.conclusion} is not null`),
  ],
);

/** PX-40: a missed period as a person has judged it. */
export const missedPeriods = pgTable('missed_period', {
  formId: uuid('form_id')
    .primaryKey()
    .references(() => forms.id),
  missedFrom: date('missed_from').$type<PlainDate>().notNull(),
  missedTo: date('missed_to').$type<PlainDate>().notNull(),
  validReason: boolean('valid_reason').notNull(),
  creditedFrom: date('credited_from').$type<PlainDate>(),
  enteredBy: uuid('entered_by')
    .notNull()
    .references(() => persons.id),
  enteredAt: instant('entered_at').notNull(),
});

/** Messages to other systems (IN-08, PX-34, PX-37, PX-51, PX-54, PX-55, PX-57), written with the fact they tell. */
export const outboundMessages = pgTable(
  'outbound_message',
  {
    id: uuid('id').primaryKey(),
    destination: literal<OutboundDestination>('destination').notNull(),
    kind: text('kind').notNull(),
    payload: jsonb('payload').$type<Record<string, unknown>>().notNull(),
    onceKey: text('once_key').notNull().unique(),
    /** Whose data it carries. */
    personId: uuid('person_id'),
    state: literal<'queued' | 'acknowledged' | 'dead'>('state').notNull().default('queued'),
    attempts: integer('attempts').notNull().default(0),
    createdAt: instant('created_at').notNull(),
    dueAt: instant('due_at').notNull(),
    settledAt: instant('settled_at'),
    failure: text('failure'),
  },
  (table) => [
    index('outbound_message_due')
      .on(table.dueAt)
      .where(sql`${table.state} = 'queued'`),
  ],
);

/** The experts' side of the data: what is here was made for their eyes and names nobody (PX-04). A database role of its own reads it. */
export const blind = pgSchema('blind');

/** What an expert sees of a case: fields of the allow-list only. */
export const dossiers = blind.table('dossier', {
  caseId: uuid('case_id').primaryKey(),
  sex: literal<'female' | 'male'>('sex').notNull(),
  /** Full years on the day of examination. */
  ageYears: integer('age_years').notNull(),
  nosologyGroup: text('nosology_group').notNull(),
  purpose: literal<ExaminationPurpose>('purpose').notNull(),
  icd10: text('icd10').notNull(),
  /** Sections by name: diagnosis, complaints, anamnesis, previous group …; texts that passed the check or were released by a person. */
  sections: jsonb('sections').$type<Record<string, string>>().notNull(),
  /** SN-01: codes of mandatory examinations and whether each is present. */
  examinations: jsonb('examinations')
    .$type<{ code: string; required: boolean; present: boolean }[]>()
    .notNull(),
  madeAt: instant('made_at').notNull(),
});

/** Pages of a case's papers, re-made as plain pictures without anything of the original file. */
export const dossierPages = blind.table(
  'dossier_page',
  {
    id: uuid('id').primaryKey(),
    caseId: uuid('case_id').notNull(),
    fileNo: smallint('file_no').notNull(),
    pageNo: smallint('page_no').notNull(),
    kind: text('kind').notNull(),
    mediaType: text('media_type').notNull(),
    width: integer('width').notNull(),
    height: integer('height').notNull(),
    content: bytes('content').notNull(),
    /** Text of the page after the check, for search and for screen readers; empty when it has none. */
    text: text('text').notNull(),
  },
  (table) => [uniqueIndex('dossier_page_once').on(table.caseId, table.fileNo, table.pageNo)],
);
