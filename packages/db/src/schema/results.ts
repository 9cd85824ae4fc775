import type {
  Benefit,
  DocumentKind,
  DocumentLanguage,
  ExecutedPart,
  ExecutionSource,
  ExecutionState,
} from '@mse/domain/documents';
import type { Journal, JournalCells } from '@mse/domain/journals';
import type { PlainDate } from '@mse/domain/shared';
import { sql } from 'drizzle-orm';
import {
  boolean,
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
import { conclusions } from './examination.ts';
import { persons } from './identity.ts';
import { bytes, instant, literal, trilingual } from './columns.ts';
import { administrativeUnits, departments } from './reference.ts';

/** Rows of numbers without gaps: a number is taken in the transaction of what carries it. */
export const registerCounters = pgTable(
  'register_counter',
  {
    register: literal<'act' | 'protocol' | 'methodology-protocol'>('register').notNull(),
    /** `department:<id>`, or `region:<code>` where no department is known. */
    scope: text('scope').notNull(),
    year: smallint('year').notNull(),
    last: integer('last').notNull(),
  },
  (table) => [primaryKey({ columns: [table.register, table.scope, table.year] })],
);

/** PX-53: documents of conclusions, numbered with the conclusion; their files follow. */
export const documents = pgTable(
  'issued_document',
  {
    id: uuid('id').primaryKey(),
    conclusionId: uuid('conclusion_id')
      .notNull()
      .references(() => conclusions.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => persons.id),
    kind: literal<DocumentKind>('kind').notNull(),
    number: text('number').notNull().unique(),
    /** C35: random code of the QR, 128 bits; says nothing of the person. */
    code: text('code').notNull().unique(),
    issuedOn: date('issued_on').$type<PlainDate>().notNull(),
    /** Last day; null when it has no term. */
    validUntil: date('valid_until').$type<PlainDate>(),
    voidedAt: instant('voided_at'),
    /** The document that took its place. */
    replacedBy: uuid('replaced_by'),
    /** When the person, or who acts for them, first looked at it. */
    openedAt: instant('opened_at'),
  },
  (table) => [
    uniqueIndex('issued_document_once').on(table.conclusionId, table.kind),
    index('issued_document_person').on(table.personId, table.issuedOn),
    index('issued_document_issued').on(table.issuedOn),
  ],
);

/** The PDF of a document in one language, with the detached signature of the service over exactly these bytes; written once. */
export const documentFiles = pgTable(
  'document_file',
  {
    documentId: uuid('document_id')
      .notNull()
      .references(() => documents.id),
    language: literal<DocumentLanguage>('language').notNull(),
    pdf: bytes('pdf').notNull(),
    sha256: text('sha256').notNull(),
    /** CMS, detached. */
    signature: bytes('signature').notNull(),
    signerSerial: text('signer_serial').notNull(),
    madeAt: instant('made_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.documentId, table.language] })],
);

/** JR-01: a protocol of a day, born with its first row, so that an empty day has none. */
export const protocols = pgTable(
  'protocol',
  {
    id: uuid('id').primaryKey(),
    journal: literal<Journal>('journal').notNull(),
    /** Null where the region is known and the department is not, and for the methodology and control department of a region. */
    departmentId: uuid('department_id').references(() => departments.id),
    regionCode: text('region_code').notNull(),
    day: date('day').$type<PlainDate>().notNull(),
    number: integer('number').notNull(),
  },
  (table) => [
    // Made in the migration with `nulls not distinct`.
    uniqueIndex('protocol_day').on(table.journal, table.regionCode, table.departmentId, table.day),
  ],
);

/** JR-01: rows of protocols in both languages, as they were written; append-only. */
export const protocolRows = pgTable(
  'protocol_row',
  {
    id: uuid('id').primaryKey(),
    protocolId: uuid('protocol_id')
      .notNull()
      .references(() => protocols.id),
    place: integer('place').notNull(),
    conclusionId: uuid('conclusion_id').references(() => conclusions.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => persons.id),
    cells: jsonb('cells').$type<JournalCells>().notNull(),
    writtenAt: instant('written_at').notNull(),
  },
  (table) => [uniqueIndex('protocol_row_place').on(table.protocolId, table.place)],
);

/** JR-03: corrections of cells as linked rows, each signed by the head; append-only. */
export const protocolCorrections = pgTable(
  'protocol_correction',
  {
    id: uuid('id').primaryKey(),
    rowId: uuid('row_id')
      .notNull()
      .references(() => protocolRows.id),
    column: smallint('column_no').notNull(),
    kk: text('kk').notNull(),
    ru: text('ru').notNull(),
    reason: text('reason').notNull(),
    madeBy: uuid('made_by')
      .notNull()
      .references(() => persons.id),
    madeAt: instant('made_at').notNull(),
    /** The exact text that was signed, and the signature over it (CMS, detached). */
    text: text('text').notNull(),
    signature: bytes('signature').notNull(),
    signerSerial: text('signer_serial').notNull(),
  },
  (table) => [index('protocol_correction_row').on(table.rowId, table.madeAt)],
);

/** JR-01, JR-02: signatures of heads and chief specialists under a day, and of the head under a month; append-only. */
export const journalSignatures = pgTable(
  'journal_signature',
  {
    id: uuid('id').primaryKey(),
    /** `protocol:<id>`, or `month:<journal>:<department or region>:<YYYY-MM>`. */
    subject: text('subject').notNull(),
    /** SHA-256 of the content that was signed: a later correction shows that it was signed before. */
    contentHash: text('content_hash').notNull(),
    signedBy: uuid('signed_by')
      .notNull()
      .references(() => persons.id),
    role: literal<'department-head' | 'chief-specialist'>('role').notNull(),
    text: text('text').notNull(),
    signature: bytes('signature').notNull(),
    signerSerial: text('signer_serial').notNull(),
    signedAt: instant('signed_at').notNull(),
  },
  (table) => [uniqueIndex('journal_signature_once').on(table.subject, table.contentHash, table.signedBy)],
);

/** PX-57: a benefit a person chose to apply for, and so its hand-over. */
export const benefitChoices = pgTable(
  'benefit_choice',
  {
    id: uuid('id').primaryKey(),
    conclusionId: uuid('conclusion_id')
      .notNull()
      .references(() => conclusions.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => persons.id),
    benefit: literal<Benefit>('benefit').notNull(),
    chosenBy: uuid('chosen_by')
      .notNull()
      .references(() => persons.id),
    chosenAt: instant('chosen_at').notNull(),
  },
  (table) => [uniqueIndex('benefit_choice_once').on(table.conclusionId, table.benefit)],
);

/** PX-56: what came back about the carrying out of a programme; append-only, the newest word about a measure counts. */
export const programmeExecutions = pgTable(
  'programme_execution',
  {
    id: uuid('id').primaryKey(),
    conclusionId: uuid('conclusion_id')
      .notNull()
      .references(() => conclusions.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => persons.id),
    part: literal<ExecutedPart>('part').notNull(),
    source: literal<ExecutionSource>('source').notNull(),
    /** The sender's own id of the message; the same message again changes nothing. */
    messageId: text('message_id').notNull(),
    measure: text('measure').notNull(),
    state: literal<ExecutionState>('state').notNull(),
    on: date('on_day').$type<PlainDate>(),
    note: text('note').notNull().default(''),
    /** Client of the integration, or the person of the department who wrote it down. */
    recordedBy: text('recorded_by').notNull(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (table) => [
    uniqueIndex('programme_execution_once').on(table.source, table.messageId),
    index('programme_execution_conclusion').on(table.conclusionId),
  ],
);

/** PX-55: local military bodies by the district they answer for, and whether they take messages from the bank. */
export const militaryBodies = pgTable('military_body', {
  id: uuid('id').primaryKey(),
  unitCode: text('unit_code')
    .notNull()
    .unique()
    .references(() => administrativeUnits.code),
  name: trilingual('name').notNull(),
  interacts: boolean('interacts').notNull(),
});

/** PX-55: persons who must be told to a military body that takes no messages: a signed list is due in three working days. */
export const militaryTasks = pgTable(
  'military_task',
  {
    id: uuid('id').primaryKey(),
    conclusionId: uuid('conclusion_id')
      .notNull()
      .unique()
      .references(() => conclusions.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => persons.id),
    departmentId: uuid('department_id').references(() => departments.id),
    regionCode: text('region_code').notNull(),
    unitCode: text('unit_code'),
    createdAt: instant('created_at').notNull(),
    dueOn: date('due_on').$type<PlainDate>().notNull(),
    /** The signed list that named this person. */
    listId: uuid('list_id').references(() => militaryLists.id),
  },
  (table) => [
    index('military_task_open')
      .on(table.departmentId, table.dueOn)
      .where(sql`${table.listId} is null`),
  ],
);

/** PX-55: a signed list of persons for a military body; written once. */
export const militaryLists = pgTable('military_list', {
  id: uuid('id').primaryKey(),
  departmentId: uuid('department_id')
    .notNull()
    .references(() => departments.id),
  pdf: bytes('pdf').notNull(),
  sha256: text('sha256').notNull(),
  text: text('text').notNull(),
  signature: bytes('signature').notNull(),
  signerSerial: text('signer_serial').notNull(),
  signedBy: uuid('signed_by')
    .notNull()
    .references(() => persons.id),
  signedAt: instant('signed_at').notNull(),
});

/** What a signature that is being collected will make. */
export type JournalDraft =
  | { kind: 'correction'; rowId: string; column: number; kk: string; ru: string; reason: string }
  | { kind: 'day'; protocolId: string; hash: string }
  | {
      kind: 'month';
      journal: Journal;
      departmentId: string | null;
      regionCode: string;
      month: string;
      hash: string;
    }
  | { kind: 'military'; departmentId: string; taskIds: string[] };
export const journalDrafts = pgTable('journal_draft', {
  signingId: uuid('signing_id').primaryKey(),
  personId: uuid('person_id')
    .notNull()
    .references(() => persons.id),
  draft: jsonb('draft').$type<JournalDraft>().notNull(),
  createdAt: instant('created_at').notNull(),
});
