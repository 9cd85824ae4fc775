import type { ProblemCause, ProblemEvent, ProblemState, ProposalFigures } from '@mse/domain/problems';
import type { Language, PlainDate, PlainTime, Trilingual } from '@mse/domain/shared';
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
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { instant, literal, timeOfDay, trilingual } from './columns.ts';
import { persons } from './identity.ts';
import { forms } from './intake.ts';
import { bookings, places } from './queue.ts';
import { businessTrips, departments } from './reference.ts';

/** K08: a department's days are cleared and its bookings moved; the run survives a crash and goes on where it stopped. */
export const massMoves = pgTable(
  'mass_move',
  {
    id: uuid('id').primaryKey(),
    departmentId: uuid('department_id')
      .notNull()
      .references(() => departments.id),
    /** The closure that made the move necessary. */
    closureId: uuid('closure_id')
      .notNull()
      .references(() => businessTrips.id),
    from: date('from_day').$type<PlainDate>().notNull(),
    until: date('until_day').$type<PlainDate>().notNull(),
    state: literal<'running' | 'done'>('state').notNull(),
    createdBy: uuid('created_by')
      .notNull()
      .references(() => persons.id),
    createdAt: instant('created_at').notNull(),
    finishedAt: instant('finished_at'),
  },
  (table) => [
    index('mass_move_department').on(table.departmentId, table.createdAt),
    index('mass_move_running')
      .on(table.createdAt)
      .where(sql`${table.state} = 'running'`),
  ],
);

/** One booking of a mass move: what was proposed and what became of it. */
export const massMoveItems = pgTable(
  'mass_move_item',
  {
    id: uuid('id').primaryKey(),
    massMoveId: uuid('mass_move_id')
      .notNull()
      .references(() => massMoves.id),
    bookingId: uuid('booking_id')
      .notNull()
      .references(() => bookings.id),
    /** Order of the first booking of the form; who booked earlier chooses earlier. */
    turn: integer('turn').notNull(),
    state: literal<'pending' | 'moved' | 'no-place' | 'ended-meanwhile' | 'failed'>('state').notNull(),
    newBookingId: uuid('new_booking_id').references(() => bookings.id),
    /** Without a phone or without a new time: a person has to be called. */
    toCall: boolean('to_call').notNull().default(false),
    calledAt: instant('called_at'),
    calledBy: uuid('called_by').references(() => persons.id),
    failure: text('failure'),
    stateAt: instant('state_at').notNull(),
  },
  (table) => [
    uniqueIndex('mass_move_item_once').on(table.massMoveId, table.bookingId),
    index('mass_move_item_pending')
      .on(table.massMoveId, table.turn)
      .where(sql`${table.state} = 'pending'`),
  ],
);

/** People who wait for a freed time; offers go in order of arrival. */
export const waitEntries = pgTable(
  'wait_entry',
  {
    id: uuid('id').primaryKey(),
    formId: uuid('form_id')
      .notNull()
      .references(() => forms.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => persons.id),
    askedBy: uuid('asked_by')
      .notNull()
      .references(() => persons.id),
    departmentId: uuid('department_id')
      .notNull()
      .references(() => departments.id),
    wantedFrom: date('wanted_from').$type<PlainDate>().notNull(),
    wantedUntil: date('wanted_until').$type<PlainDate>().notNull(),
    /** Start times wanted; empty: any. */
    wantedTimes: text('wanted_times')
      .array()
      .$type<PlainTime[]>()
      .notNull()
      .default(sql`'{}'`),
    state: literal<'waiting' | 'offered' | 'taken' | 'left' | 'over'>('state').notNull(),
    createdAt: instant('created_at').notNull(),
    stateAt: instant('state_at').notNull(),
  },
  (table) => [
    uniqueIndex('wait_entry_form_once')
      .on(table.formId)
      .where(sql`${table.state} in ('waiting', 'offered')`),
    index('wait_entry_turn')
      .on(table.departmentId, table.createdAt)
      .where(sql`${table.state} = 'waiting'`),
  ],
);

/** One offer of one place to one waiting person; it ends by itself and the place goes on to the next. */
export const waitOffers = pgTable(
  'wait_offer',
  {
    id: uuid('id').primaryKey(),
    entryId: uuid('entry_id')
      .notNull()
      .references(() => waitEntries.id),
    placeId: bigint('place_id', { mode: 'number' })
      .notNull()
      .references(() => places.id),
    day: date('day').$type<PlainDate>().notNull(),
    startsAt: timeOfDay('starts_at').notNull(),
    offeredAt: instant('offered_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    state: literal<'open' | 'taken' | 'declined' | 'expired'>('state').notNull(),
    stateAt: instant('state_at').notNull(),
  },
  (table) => [
    uniqueIndex('wait_offer_place_open')
      .on(table.placeId)
      .where(sql`${table.state} = 'open'`),
    uniqueIndex('wait_offer_entry_open')
      .on(table.entryId)
      .where(sql`${table.state} = 'open'`),
    index('wait_offer_expires')
      .on(table.expiresAt)
      .where(sql`${table.state} = 'open'`),
  ],
);

/** B01: a screen in a waiting room. It signs in by a token of its own, of which only the hash is stored. */
export const boards = pgTable(
  'board',
  {
    id: uuid('id').primaryKey(),
    departmentId: uuid('department_id')
      .notNull()
      .references(() => departments.id),
    name: text('name').notNull(),
    /** Rooms whose calls it shows; empty means all. */
    rooms: text('rooms')
      .array()
      .notNull()
      .default(sql`'{}'`),
    tokenHash: text('token_hash').notNull().unique(),
    /** 0 to 100. */
    volume: integer('volume').notNull().default(70),
    /** K11: a text over everything else, in three languages; null in normal times. */
    emergency: jsonb('emergency').$type<Trilingual>(),
    /** Grows with each test call. */
    testCalls: integer('test_calls').notNull().default(0),
    createdAt: instant('created_at').notNull(),
    lastSeenAt: instant('last_seen_at'),
    closedAt: instant('closed_at'),
  },
  (table) => [index('board_department').on(table.departmentId)],
);

/** C31: something does not work. The number was given at once, even when this table could not be reached. */
export const faultReports = pgTable(
  'fault_report',
  {
    id: uuid('id').primaryKey(),
    number: text('number').notNull().unique(),
    /** Null when the reporter was not signed in. */
    personId: uuid('person_id').references(() => persons.id),
    kind: literal<'fault' | 'access-dispute' | 'annulment-appeal'>('kind').notNull(),
    page: text('page').notNull(),
    language: literal<Language>('language').notNull(),
    text: text('text').notNull(),
    /** How to answer, in the reporter's words; null when not given. */
    contact: text('contact'),
    subject: text('subject'),
    reportedAt: instant('reported_at').notNull(),
    storedAt: instant('stored_at').notNull(),
    state: literal<'open' | 'answered'>('state').notNull().default('open'),
    answer: text('answer'),
    answeredBy: uuid('answered_by').references(() => persons.id),
    stateAt: instant('state_at').notNull(),
  },
  (table) => [
    index('fault_report_open')
      .on(table.reportedAt)
      .where(sql`${table.state} = 'open'`),
    index('fault_report_person').on(table.personId),
  ],
);

/** EQ-17: problems the Committee found; each goes to the Methodology Department within three working days of detection. */
export const problems = pgTable(
  'problem',
  {
    id: uuid('id').primaryKey(),
    number: integer('number').notNull().unique(),
    departmentId: uuid('department_id').references(() => departments.id),
    detectedOn: date('detected_on').$type<PlainDate>().notNull(),
    dueOn: date('due_on').$type<PlainDate>().notNull(),
    /** In a person's words; empty when the figures speak for themselves. */
    text: text('text').notNull(),
    state: literal<ProblemState>('state').notNull(),
    /** By hand, or taken up from a proposal of the figures. */
    cause: literal<ProblemCause>('cause').notNull().default('by-hand'),
    /** The numbers the proposal rested on. */
    figures: jsonb('figures').$type<ProposalFigures>().notNull().default({}),
    createdBy: uuid('created_by')
      .notNull()
      .references(() => persons.id),
    createdAt: instant('created_at').notNull(),
    /** Day of the letter to the Methodology Department. */
    sentOn: date('sent_on').$type<PlainDate>(),
    /** When somebody marked it as sent. */
    sentAt: instant('sent_at'),
    sentBy: uuid('sent_by').references(() => persons.id),
  },
  (table) => [
    index('problem_open')
      .on(table.dueOn)
      .where(sql`${table.state} = 'open'`),
    uniqueIndex('problem_proposed_once')
      .on(table.cause, table.departmentId)
      .where(sql`${table.state} = 'open' and ${table.cause} <> 'by-hand'`),
    check('problem_due', sql`${table.dueOn} > ${table.detectedOn}`),
  ],
);

/** EQ-17: what happened to a problem, when and by whom; written once. */
export const problemEvents = pgTable(
  'problem_event',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    problemId: uuid('problem_id')
      .notNull()
      .references(() => problems.id),
    kind: literal<ProblemEvent>('kind').notNull(),
    at: instant('at').notNull(),
    by: uuid('by')
      .notNull()
      .references(() => persons.id),
    note: text('note').notNull().default(''),
  },
  (table) => [index('problem_event_problem').on(table.problemId, table.id)],
);

/** C36: what a region counted in a week, taken once when the week is over and never again. */
export const publishedWeeks = pgTable(
  'published_week',
  {
    /** Its Monday. */
    week: date('week').$type<PlainDate>().notNull(),
    regionCode: text('region_code').notNull(),
    kept: integer('kept').notNull(),
    missed: integer('missed').notNull(),
    cancelled: integer('cancelled').notNull(),
    /** Calendar days from the acceptance of the form to the booked day → bookings. */
    waits: jsonb('waits').$type<Record<string, number>>().notNull(),
    publishedAt: instant('published_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.week, table.regionCode] })],
);

/** GV-03: words that change by law, dated. The newest row that has begun counts. */
export const termSets = pgTable(
  'term_set',
  {
    term: text('term').notNull(),
    validFrom: date('valid_from').$type<PlainDate>().notNull(),
    words: trilingual('words').notNull(),
    basis: text('basis').notNull(),
  },
  (table) => [primaryKey({ columns: [table.term, table.validFrom] })],
);

/** P07: wordings of messages. Official texts of the order are the default; another wording needs approval and a day. */
export const messageTexts = pgTable(
  'message_text',
  {
    id: uuid('id').primaryKey(),
    template: text('template').notNull(),
    language: literal<Language>('language').notNull(),
    text: text('text').notNull(),
    validFrom: instant('valid_from').notNull(),
    createdBy: uuid('created_by')
      .notNull()
      .references(() => persons.id),
    createdAt: instant('created_at').notNull(),
    /** Four eyes: somebody other than the author. Null while it waits. */
    approvedBy: uuid('approved_by').references(() => persons.id),
    approvedAt: instant('approved_at'),
    withdrawnAt: instant('withdrawn_at'),
  },
  (table) => [
    index('message_text_template').on(table.template, table.language, table.validFrom),
    check(
      'message_text_four_eyes',
      sql`${table.approvedBy} is null or ${table.approvedBy} <> ${table.createdBy}`,
    ),
  ],
);

/** C05: a signing through eGov Mobile: the phone fetches the text and sends the signature; the browser waits. Cleared when its time is over. */
export const mobileSignings = pgTable(
  'mobile_signing',
  {
    id: uuid('id').primaryKey(),
    challengeId: uuid('challenge_id').notNull(),
    /** Hash of the key that the browser which began holds; the phone never sees it. */
    secretHash: text('secret_hash').notNull().unique(),
    /** Six characters a person compares on both screens. */
    compareCode: text('compare_code').notNull(),
    text: text('text').notNull(),
    state: literal<'waiting' | 'fetched' | 'signed' | 'refused'>('state').notNull(),
    cms: text('cms'),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [index('mobile_signing_expires').on(table.expiresAt)],
);

/** C27: a change of the contact number under way: a code to the old number and a code to the new one. */
export const phoneChanges = pgTable('phone_change', {
  id: uuid('id').primaryKey(),
  personId: uuid('person_id')
    .notNull()
    .references(() => persons.id),
  newPhone: text('new_phone').notNull(),
  oldCodeHash: text('old_code_hash'),
  newCodeHash: text('new_code_hash').notNull(),
  tries: integer('tries').notNull().default(0),
  createdAt: instant('created_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
  doneAt: instant('done_at'),
});
