import { bigint, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant, literal } from './columns.ts';

/** Who did or saw what of whose data, when and with what outcome. Append-only by grant; ids only, never contents of a person. */
export const auditEvents = pgTable(
  'audit_event',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    at: instant('at').notNull(),
    /** Person id, or `system:<process>` or `client:<id>`. */
    actor: text('actor').notNull(),
    actorRole: text('actor_role').notNull(),
    action: text('action').notNull(),
    outcome: literal<'done' | 'refused' | 'seen'>('outcome').notNull(),
    /** Whose data. */
    personId: uuid('person_id'),
    subject: text('subject'),
    requestId: text('request_id'),
    detail: jsonb('detail').$type<Record<string, unknown>>().notNull().default({}),
  },
  (table) => [
    index('audit_event_person').on(table.personId, table.at),
    index('audit_event_subject').on(table.subject),
  ],
);

/** Demo mode only: how far the service's clock is moved forward, in milliseconds. */
export const demoClock = pgTable('demo_clock', {
  id: integer('id').primaryKey(),
  offsetMs: bigint('offset_ms', { mode: 'number' }).notNull(),
});
