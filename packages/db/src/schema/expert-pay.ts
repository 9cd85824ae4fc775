import type { ActState, Assessment, AssessmentCounts, PayLine } from '@mse/domain/experts';
import type { PlainDate } from '@mse/domain/shared';
import { sql } from 'drizzle-orm';
import { check, date, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bytes, instant, literal } from './columns.ts';
import { experts } from './experts.ts';
import { persons } from './identity.ts';

/** AS-01, AS-06: an expert's assessment of a month or a year with its stored inputs. What was signed is never changed (`assessment_signed_stays`). */
export const assessments = pgTable(
  'assessment',
  {
    id: uuid('id').primaryKey(),
    expertId: uuid('expert_id')
      .notNull()
      .references(() => experts.id),
    period: literal<'month' | 'year'>('period').notNull(),
    /** First day of the month or the year. */
    from: date('from_day').$type<PlainDate>().notNull(),
    method: text('method').notNull(),
    /** PY-05: signed decisions of the period, those without a final conclusion included. */
    services: integer('services').notNull(),
    /** Null for a year: it is made of signed months. */
    counts: jsonb('counts').$type<AssessmentCounts | null>(),
    lines: jsonb('lines').$type<Assessment['lines'] | { month: PlainDate; percent: string }[]>().notNull(),
    /** Percent with two decimals. */
    percent: text('percent').notNull(),
    computedAt: instant('computed_at').notNull(),
    /** The expert's remark beside the signature; empty when there is none. */
    remark: text('remark').notNull().default(''),
    text: text('text'),
    signature: bytes('signature'),
    signedAt: instant('signed_at'),
  },
  (table) => [
    uniqueIndex('assessment_once').on(table.expertId, table.period, table.from),
    index('assessment_period').on(table.period, table.from),
    check('assessment_signed', sql`(${table.signedAt} is null) = (${table.signature} is null)`),
  ],
);

/** PY-03: where an expert is paid, dated; the newest row counts. */
export const expertAccounts = pgTable(
  'expert_account',
  {
    id: uuid('id').primaryKey(),
    expertId: uuid('expert_id')
      .notNull()
      .references(() => experts.id),
    bank: text('bank').notNull(),
    bic: text('bic').notNull(),
    iban: text('iban').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [index('expert_account_expert').on(table.expertId, table.createdAt)],
);

/** PY-01, PY-02: acts of completed works, form R-1. A returned one stays and a new version takes its place. */
export const workActs = pgTable(
  'work_act',
  {
    id: uuid('id').primaryKey(),
    number: text('number').notNull().unique(),
    expertId: uuid('expert_id')
      .notNull()
      .references(() => experts.id),
    month: date('month').$type<PlainDate>().notNull(),
    version: integer('version').notNull(),
    assessmentId: uuid('assessment_id')
      .notNull()
      .references(() => assessments.id),
    line: jsonb('line').$type<PayLine>().notNull(),
    account: jsonb('account').$type<{ bank: string; bic: string; iban: string }>().notNull(),
    state: literal<ActState>('state').notNull(),
    formedAt: instant('formed_at').notNull(),
    text: text('text').notNull(),
    signature: bytes('signature'),
    signedAt: instant('signed_at'),
    remarks: text('remarks').notNull().default(''),
    decidedBy: uuid('decided_by').references(() => persons.id),
    decidedAt: instant('decided_at'),
    /** PY-02: the Committee's signature under an accepted act. */
    acceptance: bytes('acceptance'),
  },
  (table) => [
    uniqueIndex('work_act_version').on(table.expertId, table.month, table.version),
    uniqueIndex('work_act_live')
      .on(table.expertId, table.month)
      .where(sql`${table.state} <> 'returned'`),
    index('work_act_month').on(table.month, table.state),
    check('work_act_state', sql`${table.state} in ('formed', 'signed', 'returned', 'accepted')`),
    check('work_act_signed', sql`${table.state} = 'formed' or ${table.signature} is not null`),
    check('work_act_accepted', sql`${table.state} <> 'accepted' or ${table.acceptance} is not null`),
  ],
);
