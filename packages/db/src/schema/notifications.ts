import type { MessageState, MessageTemplate } from '@mse/domain/notifications';
import type { Language } from '@mse/domain/shared';
import { sql } from 'drizzle-orm';
import { bigint, check, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant, literal } from './columns.ts';
import { persons } from './identity.ts';
import { forms } from './intake.ts';
import { bookings } from './queue.ts';

/**
 * Messages to people, written in the transaction of the fact they tell (the outbox). The worker hands due rows to the SMS jobs.
 * EQ-06: number, text, times and delivery state stay as evidence.
 */
export const messages = pgTable(
  'message',
  {
    id: uuid('id').primaryKey(),
    /** To whom. */
    personId: uuid('person_id')
      .notNull()
      .references(() => persons.id),
    template: literal<MessageTemplate>('template').notNull(),
    language: literal<Language>('language').notNull(),
    formId: uuid('form_id').references(() => forms.id),
    bookingId: uuid('booking_id').references(() => bookings.id),
    /** Number at the time of writing; null when the base of mobile citizens has none (then state is `dead` and a task is raised). */
    phone: text('phone'),
    /** What the template needs besides person, booking and form; one-time codes are sealed and erased once sent. */
    params: jsonb('params').$type<Record<string, string>>().notNull().default({}),
    /** The exact text, set when it is handed to the SMS centre. One-time codes are never stored in clear. */
    text: text('text'),
    /** Says the same thing once: `sms-2:booking:<id>:at-once`. */
    onceKey: text('once_key').notNull().unique(),
    state: literal<MessageState>('state').notNull().default('queued'),
    createdAt: instant('created_at').notNull(),
    /** Not before this instant (reminders). */
    dueAt: instant('due_at').notNull(),
    expiresAt: instant('expires_at'),
    stateAt: instant('state_at').notNull(),
    attempts: integer('attempts').notNull().default(0),
    parts: integer('parts'),
    /** 16-bit reference given to the SMS centre and echoed in receipts. */
    reference: integer('reference'),
    centreIds: text('centre_ids')
      .array()
      .notNull()
      .default(sql`'{}'`),
    failure: text('failure'),
  },
  (table) => [
    index('message_due')
      .on(table.dueAt)
      .where(sql`${table.state} = 'queued'`),
    index('message_unsettled')
      .on(table.stateAt)
      .where(sql`${table.state} in ('sending', 'unknown', 'accepted')`),
    index('message_created').on(table.createdAt),
    index('message_person').on(table.personId, table.createdAt),
    index('message_booking').on(table.bookingId),
    index('message_centre').using('gin', table.centreIds),
    check(
      'message_state',
      sql`${table.state} in ('queued', 'sending', 'unknown', 'accepted', 'delivered', 'undelivered', 'expired', 'dead')`,
    ),
  ],
);

/** EQ-06: every step of a message with its time; append-only evidence. */
export const messageEvents = pgTable(
  'message_event',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    messageId: uuid('message_id')
      .notNull()
      .references(() => messages.id),
    state: literal<MessageState>('state').notNull(),
    at: instant('at').notNull(),
    detail: text('detail'),
  },
  (table) => [index('message_event_message').on(table.messageId)],
);
