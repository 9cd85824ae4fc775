import type {
  AnnouncementContent,
  ApplicationEvent,
  ApplicationFields,
  ApplicationState,
  CandidateFacts,
  ExclusionGround,
  FileKind,
  RefusalReason,
  UploadableItem,
} from '@mse/domain/experts';
import type { Language, PlainDate } from '@mse/domain/shared';
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytes, instant, literal } from './columns.ts';
import { experts } from './experts.ts';
import { persons } from './identity.ts';

/** RG-01, RG-02: announcements of the intake of applications. Its state follows from the dates. */
export const announcements = pgTable(
  'announcement',
  {
    id: uuid('id').primaryKey(),
    /** `2026-1`: year and number within it; given at publication. */
    number: text('number').unique(),
    content: jsonb('content').$type<AnnouncementContent>().notNull(),
    places: integer('places').notNull(),
    intakeFrom: date('intake_from').$type<PlainDate>().notNull(),
    intakeUntil: date('intake_until').$type<PlainDate>().notNull(),
    createdBy: uuid('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
    publishedOn: date('published_on').$type<PlainDate>(),
    publishedBy: uuid('published_by'),
    withdrawnAt: instant('withdrawn_at'),
    withdrawnBy: uuid('withdrawn_by'),
    withdrawnReason: text('withdrawn_reason'),
  },
  (table) => [
    check('announcement_order', sql`${table.intakeFrom} <= ${table.intakeUntil}`),
    check('announcement_number', sql`(${table.publishedOn} is null) = (${table.number} is null)`),
  ],
);

/** RG-06…RG-21: an application on its way from draft to entry; the table of steps of the domain is its only door. */
export const expertApplications = pgTable(
  'expert_application',
  {
    id: uuid('id').primaryKey(),
    /** `A-000123`; given when it is sent. */
    number: text('number').unique(),
    announcementId: uuid('announcement_id')
      .notNull()
      .references(() => announcements.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => persons.id),
    state: literal<ApplicationState>('state').notNull(),
    stateAt: instant('state_at').notNull(),
    createdAt: instant('created_at').notNull(),
    /** RG-09: what was filled in so far; final once sent. */
    fields: jsonb('fields').$type<Partial<ApplicationFields>>().notNull(),
    savedAt: instant('saved_at').notNull(),
    language: literal<Language>('language').notNull(),
    /** RG-06: what the systems said, and when they were asked last. */
    facts: jsonb('facts').$type<CandidateFacts>(),
    factsAt: instant('facts_at'),
    submittedAt: instant('submitted_at'),
    consentVersion: text('consent_version'),
    /** The exact text that was signed, and the signature over it. */
    text: text('text'),
    signature: bytes('signature'),
    signerSerial: text('signer_serial'),
    /** Last day of what is waited for now: the check, the test, the contract, the entry. */
    dueOn: date('due_on').$type<PlainDate>(),
    /** RG-10: reasons proposed or decided, and what the official wrote besides. */
    reasons: text('reasons')
      .array()
      .$type<RefusalReason[]>()
      .notNull()
      .default(sql`'{}'`),
    note: text('note'),
    proposedBy: uuid('proposed_by'),
    refusedFrom: literal<ApplicationState>('refused_from'),
    /** RG-11, RG-14. `test_code` names the candidate to the test platform and means nothing elsewhere. */
    testCode: text('test_code').unique(),
    attempt: smallint('attempt').notNull().default(0),
    usedRetakes: smallint('used_retakes').notNull().default(0),
    /** GV-08: what the refused person wrote, and how often a review was asked. */
    reviewText: text('review_text'),
    reviews: smallint('reviews').notNull().default(0),
    expertId: uuid('expert_id').references(() => experts.id),
  },
  (table) => [
    uniqueIndex('expert_application_one_under_way')
      .on(table.personId)
      .where(sql`${table.state} not in ('entered', 'refused', 'withdrawn')`),
    uniqueIndex('expert_application_once')
      .on(table.announcementId, table.personId)
      .where(sql`${table.state} <> 'withdrawn'`),
    index('expert_application_state').on(table.state, table.dueOn),
    index('expert_application_person').on(table.personId, table.createdAt),
    check(
      'expert_application_state_known',
      sql`${table.state} in ('draft', 'checking', 'refusal-proposed', 'invited', 'retake', 'passed', 'contract-sent', 'contract-signed', 'entered', 'refused', 'review', 'withdrawn')`,
    ),
    check(
      'expert_application_signed',
      sql`${table.state} in ('draft', 'withdrawn') or (${table.signature} is not null and ${table.text} is not null and ${table.number} is not null)`,
    ),
  ],
);

/** Every step of an application; append-only. */
export const expertApplicationEvents = pgTable(
  'expert_application_event',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    applicationId: uuid('application_id')
      .notNull()
      .references(() => expertApplications.id),
    event: literal<ApplicationEvent>('event').notNull(),
    from: literal<ApplicationState>('from_state').notNull(),
    to: literal<ApplicationState>('to_state').notNull(),
    at: instant('at').notNull(),
    /** Person id, or `system:<process>`. */
    actor: text('actor').notNull(),
    detail: jsonb('detail').$type<Record<string, unknown>>().notNull().default({}),
  },
  (table) => [index('expert_application_event_of').on(table.applicationId, table.id)],
);

/** RG-07: copies of items 1) to 4); kept as they came, removed ones keep their row without content. */
export const expertApplicationFiles = pgTable(
  'expert_application_file',
  {
    id: uuid('id').primaryKey(),
    applicationId: uuid('application_id')
      .notNull()
      .references(() => expertApplications.id),
    item: literal<UploadableItem>('item').notNull(),
    name: text('name').notNull(),
    kind: literal<FileKind>('kind').notNull(),
    bytes: integer('bytes').notNull(),
    sha256: text('sha256').notNull(),
    content: bytes('content'),
    uploadedAt: instant('uploaded_at').notNull(),
    removedAt: instant('removed_at'),
  },
  (table) => [
    index('expert_application_file_of').on(table.applicationId),
    check(
      'expert_application_file_item',
      sql`${table.item} in ('diploma', 'experience', 'certificate', 'training')`,
    ),
    check(
      'expert_application_file_content',
      sql`(${table.content} is null) = (${table.removedAt} is not null)`,
    ),
  ],
);

/** RG-13, RG-15: results as the test platform sent them, each once; append-only. `outcome` says what it did. */
export const testResults = pgTable(
  'test_result',
  {
    id: uuid('id').primaryKey(),
    /** The platform's own id of the message: the same one twice is one result. */
    eventId: text('event_id').notNull().unique(),
    contentHash: text('content_hash').notNull(),
    applicationId: uuid('application_id')
      .notNull()
      .references(() => expertApplications.id),
    attempt: smallint('attempt').notNull(),
    hundredths: integer('hundredths').notNull(),
    proctoring: literal<'positive' | 'negative'>('proctoring').notNull(),
    finishedAt: instant('finished_at').notNull(),
    receivedAt: instant('received_at').notNull(),
    outcome: text('outcome').notNull(),
  },
  (table) => [index('test_result_application').on(table.applicationId)],
);

/** RG-20: contracts, signed first by the Committee and then by the candidate; the bytes are kept as they were signed. */
export const expertContracts = pgTable(
  'expert_contract',
  {
    id: uuid('id').primaryKey(),
    applicationId: uuid('application_id')
      .notNull()
      .references(() => expertApplications.id),
    number: text('number').notNull().unique(),
    /** RG-30(5): planned indicator, conclusions a month. */
    indicator: integer('indicator').notNull(),
    text: text('text').notNull(),
    committeeSignature: bytes('committee_signature').notNull(),
    committeeSerial: text('committee_serial').notNull(),
    committeeBy: uuid('committee_by').notNull(),
    sentAt: instant('sent_at').notNull(),
    dueOn: date('due_on').$type<PlainDate>().notNull(),
    signature: bytes('signature'),
    signerSerial: text('signer_serial'),
    signedAt: instant('signed_at'),
    /** A contract that was not signed in time, or replaced after a review. */
    endedAt: instant('ended_at'),
  },
  (table) => [
    uniqueIndex('expert_contract_live')
      .on(table.applicationId)
      .where(sql`${table.endedAt} is null`),
    check('expert_contract_indicator', sql`${table.indicator} >= 1`),
    check('expert_contract_signed', sql`(${table.signature} is null) = (${table.signedAt} is null)`),
  ],
);

/** RG-23, RG-30(5): what follows entry: training, planned indicator. */
export const expertSetups = pgTable('expert_setup', {
  expertId: uuid('expert_id')
    .primaryKey()
    .references(() => experts.id),
  contractId: uuid('contract_id').references(() => expertContracts.id),
  indicator: integer('indicator'),
  trainingDueOn: date('training_due_on').$type<PlainDate>(),
  trainedOn: date('trained_on').$type<PlainDate>(),
});

/** RG-24: modems given for temporary use, with the acts of issue and return. */
export const expertModems = pgTable(
  'expert_modem',
  {
    id: uuid('id').primaryKey(),
    expertId: uuid('expert_id')
      .notNull()
      .references(() => experts.id),
    number: text('number').notNull(),
    issuedOn: date('issued_on').$type<PlainDate>().notNull(),
    issueAct: text('issue_act').notNull(),
    returnedOn: date('returned_on').$type<PlainDate>(),
    returnAct: text('return_act'),
  },
  (table) => [
    // A modem is in one place at a time, and an expert holds one.
    uniqueIndex('expert_modem_number')
      .on(table.number)
      .where(sql`${table.returnedOn} is null`),
    uniqueIndex('expert_modem_expert')
      .on(table.expertId)
      .where(sql`${table.returnedOn} is null`),
    check('expert_modem_return', sql`(${table.returnedOn} is null) = (${table.returnAct} is null)`),
  ],
);

/** RG-30(5): an expert's month against the planned indicator; append-only. */
export const expertIndicators = pgTable(
  'expert_indicator',
  {
    expertId: uuid('expert_id')
      .notNull()
      .references(() => experts.id),
    month: date('month').$type<PlainDate>().notNull(),
    target: integer('target').notNull(),
    done: integer('done').notNull(),
    at: instant('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.expertId, table.month] })],
);

/** RG-30, RG-32: exclusions proposed by people, confirmed or turned down by others; and those that came by themselves. */
export const expertExclusions = pgTable(
  'expert_exclusion',
  {
    id: uuid('id').primaryKey(),
    expertId: uuid('expert_id')
      .notNull()
      .references(() => experts.id),
    ground: literal<ExclusionGround>('ground').notNull(),
    reason: text('reason').notNull(),
    state: literal<'proposed' | 'confirmed' | 'turned-down'>('state').notNull(),
    /** Person id, or `system:<process>`. */
    proposedBy: text('proposed_by').notNull(),
    proposedAt: instant('proposed_at').notNull(),
    decidedBy: text('decided_by'),
    decidedAt: instant('decided_at'),
    /** Open parts that moved and that found nobody else. */
    moved: integer('moved'),
    left: integer('left_over'),
  },
  (table) => [
    uniqueIndex('expert_exclusion_open')
      .on(table.expertId)
      .where(sql`${table.state} = 'proposed'`),
    index('expert_exclusion_expert').on(table.expertId, table.proposedAt),
  ],
);

/** RG-31, PX-17: how far each feed of a registry was read, and what of it was taken, once. */
export const registryFeeds = pgTable('registry_feed', {
  name: literal<'life-events' | 'sick-lists'>('name').primaryKey(),
  cursor: text('cursor').notNull(),
  readAt: instant('read_at').notNull(),
});
export const registryFeedEvents = pgTable(
  'registry_feed_event',
  {
    feed: text('feed').notNull(),
    eventId: text('event_id').notNull(),
    expertId: uuid('expert_id').references(() => experts.id),
    takenAt: instant('taken_at').notNull(),
    /** What it did: `excluded`, `absence`, `absence-ended`, `no-expert`, `no-change`. */
    outcome: text('outcome').notNull(),
    absenceId: uuid('absence_id'),
  },
  (table) => [primaryKey({ columns: [table.feed, table.eventId] })],
);

/** Another number of the law, proposed for the register's settings; the row of `policy` is made by its approval (four eyes). */
export const policyProposals = pgTable(
  'policy_proposal',
  {
    id: uuid('id').primaryKey(),
    key: text('key').notNull(),
    validFrom: date('valid_from').$type<PlainDate>().notNull(),
    value: jsonb('value').$type<unknown>().notNull(),
    basis: text('basis').notNull(),
    assumed: boolean('assumed').notNull(),
    state: literal<'proposed' | 'approved' | 'turned-down'>('state').notNull(),
    proposedBy: uuid('proposed_by').notNull(),
    proposedAt: instant('proposed_at').notNull(),
    decidedBy: uuid('decided_by'),
    decidedAt: instant('decided_at'),
  },
  (table) => [
    uniqueIndex('policy_proposal_open')
      .on(table.key)
      .where(sql`${table.state} = 'proposed'`),
  ],
);
