import type { ExaminationPurpose, FormState, ReturnReason, Track } from '@mse/domain/intake';
import type { PlainDate } from '@mse/domain/shared';
import { sql } from 'drizzle-orm';
import { boolean, date, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bytes, instant, literal } from './columns.ts';
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
  (table) => [index('form_031_person').on(table.personId, table.acceptedAt)],
);
