import type { AccessState, AccessWay, DigitalDocument } from '@mse/domain/in-person';
import type { PlainDate } from '@mse/domain/shared';
import { sql } from 'drizzle-orm';
import { check, date, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bytes, instant, literal } from './columns.ts';
import { persons } from './identity.ts';
import { inPersonApplications } from './in-person.ts';

/** FF-06: requests to the digital documents service for the owner's consent. Neither codes nor tokens are stored. */
export const documentAccesses = pgTable(
  'document_access',
  {
    id: uuid('id').primaryKey(),
    applicationId: uuid('application_id')
      .notNull()
      .references(() => inPersonApplications.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => persons.id),
    way: literal<AccessWay>('way').notNull(),
    /** The service's own name of the request. */
    serviceId: text('service_id').notNull(),
    phoneMasked: text('phone_masked').notNull(),
    documents: jsonb('documents').$type<DigitalDocument[]>().notNull(),
    state: literal<AccessState>('state').notNull(),
    /** Codes that were wrong. */
    tries: integer('tries').notNull().default(0),
    expiresAt: instant('expires_at').notNull(),
    askedBy: uuid('asked_by')
      .notNull()
      .references(() => persons.id),
    askedAt: instant('asked_at').notNull(),
    stateAt: instant('state_at').notNull(),
  },
  (table) => [
    uniqueIndex('document_access_live')
      .on(table.applicationId)
      .where(sql`${table.state} = 'sent'`),
    index('document_access_application').on(table.applicationId, table.askedAt),
    check(
      'document_access_state',
      sql`${table.state} in ('sent', 'received', 'declined', 'expired', 'used-up')`,
    ),
  ],
);

/** FF-06: documents that came, as they were signed; written once. */
export const digitalDocuments = pgTable(
  'digital_document',
  {
    id: uuid('id').primaryKey(),
    applicationId: uuid('application_id')
      .notNull()
      .references(() => inPersonApplications.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => persons.id),
    accessId: uuid('access_id')
      .notNull()
      .references(() => documentAccesses.id),
    document: literal<DigitalDocument>('document').notNull(),
    number: text('number').notNull(),
    issuedOn: date('issued_on').$type<PlainDate>().notNull(),
    validUntil: date('valid_until').$type<PlainDate>(),
    data: text('data').notNull(),
    signature: bytes('signature').notNull(),
    signerSerial: text('signer_serial').notNull(),
    pdf: bytes('pdf').notNull(),
    sha256: text('sha256').notNull(),
    receivedAt: instant('received_at').notNull(),
  },
  (table) => [
    uniqueIndex('digital_document_once').on(table.accessId, table.document),
    index('digital_document_application').on(table.applicationId),
    index('digital_document_person').on(table.personId),
  ],
);
