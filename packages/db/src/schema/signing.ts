import type { SigningPurpose } from '@mse/domain/signing';
import { index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { bytes, instant, literal } from './columns.ts';
import { persons } from './identity.ts';

/**
 * T12: a text shown to one person to be signed for one purpose about one subject. It serves once. The text, its hash and whom it
 * is for are written once by grant; what was signed stands with the fact it made, so these rows are cleared away later.
 */
export const signingRequests = pgTable(
  'signing_request',
  {
    id: uuid('id').primaryKey(),
    personId: uuid('person_id')
      .notNull()
      .references(() => persons.id),
    purpose: literal<SigningPurpose>('purpose').notNull(),
    /** `assignment:<id>`, `application:<id>` … */
    subject: text('subject').notNull(),
    text: text('text').notNull(),
    /** SHA-256 of the text in UTF-8, hexadecimal; the database checks it. */
    hash: text('hash').notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
    /** A signature that has come and does not count yet: from a phone, or while the revocation service is silent. */
    cms: bytes('cms'),
    /** Since when `cms` waits for the revocation service. */
    toCheckSince: instant('to_check_since'),
    phoneState: literal<'waiting' | 'fetched' | 'signed' | 'declined'>('phone_state'),
    compareCode: text('compare_code'),
    phoneLink: text('phone_link'),
    phoneEndsAt: instant('phone_ends_at'),
  },
  (table) => [
    index('signing_request_person').on(table.personId, table.createdAt),
    index('signing_request_created').on(table.createdAt),
  ],
);
