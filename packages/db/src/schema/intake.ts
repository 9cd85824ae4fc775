import type { ExaminationPurpose, FailureOffice, FormState, ReturnReason, Track } from '@mse/domain/intake';
import type { PlainDate } from '@mse/domain/shared';
import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytes, instant, literal, trilingual } from './columns.ts';
import { medicalSystems } from './experts.ts';
import { persons } from './identity.ts';

/** Systems that may send forms; tokens are stored hashed. */
export const integrationClients = pgTable('integration_client', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull(),
  tokenHash: text('token_hash').notNull().unique(),
  active: boolean('active').notNull().default(true),
  /** What the client may send: forms of a medical system, or reports of a system that carries a programme out (PX-56). */
  purpose: literal<'medical' | 'e-sobes' | 'labour-market'>('purpose').notNull().default('medical'),
});

/** IN-10: every message as it came, with its source, signature and time; only its state moves. */
export const intakeMessages = pgTable(
  'intake_message',
  {
    id: uuid('id').primaryKey(),
    clientId: uuid('client_id')
      .notNull()
      .references(() => integrationClients.id),
    messageId: text('message_id').notNull(),
    contentHash: text('content_hash').notNull(),
    document: bytes('document').notNull(),
    signature: bytes('signature').notNull(),
    signerIin: text('signer_iin'),
    signerSerial: text('signer_serial'),
    signedAt: instant('signed_at'),
    receivedAt: instant('received_at').notNull(),
    /** F010: the track the message was sent for, when it says so besides the form's own mark. */
    service: literal<'remote-proactive'>('service'),
    state: literal<'accepted' | 'returned' | 'waiting'>('state').notNull(),
    reasons: jsonb('reasons').$type<ReturnReason[]>().notNull().default([]),
    decidedAt: instant('decided_at'),
    formId: uuid('form_id'),
    /** How often the checks were tried while a registry was silent. */
    tries: integer('tries').notNull().default(0),
  },
  (table) => [
    // IN-12: the same message sent again finds its row; other content under an accepted id is F016.
    uniqueIndex('intake_message_once').on(table.clientId, table.messageId, table.contentHash),
    uniqueIndex('intake_message_passed_once')
      .on(table.clientId, table.messageId)
      .where(sql`${table.state} = 'accepted'`),
    index('intake_message_waiting')
      .on(table.receivedAt)
      .where(sql`${table.state} = 'waiting'`),
  ],
);

/** Forms 031/у that passed the checks. */
export const forms = pgTable(
  'form_031',
  {
    id: uuid('id').primaryKey(),
    personId: uuid('person_id')
      .notNull()
      .references(() => persons.id),
    representativeId: uuid('representative_id').references(() => persons.id),
    number: text('number').notNull(),
    formedOn: date('formed_on').$type<PlainDate>().notNull(),
    signedAt: instant('signed_at').notNull(),
    /** F004, EQ-08: last valid day, one month from signing. */
    validUntil: date('valid_until').$type<PlainDate>().notNull(),
    track: literal<Track>('track').notNull(),
    purpose: literal<ExaminationPurpose>('purpose').notNull(),
    organizationBin: text('organization_bin').notNull(),
    organizationName: text('organization_name').notNull(),
    state: literal<Exclude<FormState, 'waiting-registry' | 'returned'>>('state').notNull(),
    acceptedAt: instant('accepted_at').notNull(),
  },
  (table) => [
    index('form_031_person').on(table.personId, table.acceptedAt),
    check('form_031_state', sql`${table.state} in ('accepted', 'served', 'poorly-completed')`),
  ],
);

/** F009: organisations that send people they have not attached, dated. */
export const dispensaries = pgTable(
  'dispensary',
  {
    bin: text('bin').notNull(),
    name: trilingual('name').notNull(),
    validFrom: date('valid_from').$type<PlainDate>().notNull(),
    validUntil: date('valid_until').$type<PlainDate>(),
    basis: text('basis').notNull(),
  },
  (table) => [primaryKey({ columns: [table.bin, table.validFrom] })],
);

/** PX-42: who may sign an act of technical failure, dated: three vice-ministers, and the representative of each medical system. */
export const failureSignatories = pgTable('failure_signatory', {
  id: uuid('id').primaryKey(),
  office: literal<FailureOffice>('office').notNull(),
  systemCode: text('system_code').references(() => medicalSystems.code),
  iin: text('iin').notNull(),
  surname: text('surname').notNull(),
  name: text('name').notNull(),
  patronymic: text('patronymic'),
  validFrom: date('valid_from').$type<PlainDate>().notNull(),
  validUntil: date('valid_until').$type<PlainDate>(),
  createdBy: uuid('created_by').notNull(),
  createdAt: instant('created_at').notNull(),
});

/** PX-42: acts of technical failure. While one is open, F004 is off for its medical system (PX-43). */
export const technicalFailures = pgTable(
  'technical_failure',
  {
    id: uuid('id').primaryKey(),
    systemCode: text('system_code')
      .notNull()
      .references(() => medicalSystems.code),
    from: instant('from_at').notNull(),
    /** First instant after the period. */
    until: instant('until_at').notNull(),
    actNumber: text('act_number').notNull(),
    actDay: date('act_day').$type<PlainDate>().notNull(),
    act: bytes('act').notNull(),
    actSha256: text('act_sha256').notNull(),
    state: literal<'proposed' | 'open' | 'withdrawn'>('state').notNull(),
    proposedBy: uuid('proposed_by')
      .notNull()
      .references(() => persons.id),
    proposedAt: instant('proposed_at').notNull(),
    decidedBy: uuid('decided_by').references(() => persons.id),
    decidedAt: instant('decided_at'),
  },
  (table) => [
    check('technical_failure_period', sql`${table.from} < ${table.until}`),
    check(
      'technical_failure_four_eyes',
      sql`${table.state} <> 'open' or ${table.decidedBy} <> ${table.proposedBy}`,
    ),
  ],
);

/** PX-42: the four signatures of an act, over its exact bytes; append-only. */
export const technicalFailureSignatures = pgTable(
  'technical_failure_signature',
  {
    failureId: uuid('failure_id')
      .notNull()
      .references(() => technicalFailures.id),
    office: literal<FailureOffice>('office').notNull(),
    signerIin: text('signer_iin').notNull(),
    signerName: text('signer_name').notNull(),
    signerSerial: text('signer_serial').notNull(),
    signature: bytes('signature').notNull(),
  },
  (table) => [primaryKey({ columns: [table.failureId, table.office] })],
);
