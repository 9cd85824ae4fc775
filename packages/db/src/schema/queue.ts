import type { BookingState, VisitState } from '@mse/domain/queue';
import type { PlainDate } from '@mse/domain/shared';
import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { instant, literal, timeOfDay } from './columns.ts';
import { persons } from './identity.ts';
import { forms } from './intake.ts';
import { businessTrips, departments } from './reference.ts';

/** EQ-09: every place that can be booked, made when a schedule is published. Closed by a trip, taken by a booking, else free. */
export const places = pgTable(
  'place',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    departmentId: uuid('department_id')
      .notNull()
      .references(() => departments.id),
    day: date('day').$type<PlainDate>().notNull(),
    startsAt: timeOfDay('starts_at').notNull(),
    placeNo: smallint('place_no').notNull(),
    /** Number within the department's day; the digits of the ticket. */
    dayNo: smallint('day_no').notNull(),
    /** How many times this place was given; the letter of the ticket. */
    issued: integer('issued').notNull().default(0),
    closedByTrip: uuid('closed_by_trip').references(() => businessTrips.id),
    bookingId: uuid('booking_id'),
    /** A freed place that is kept for a form of the wait list until an instant; for everybody else it is taken until then. */
    heldForForm: uuid('held_for_form'),
    heldUntil: instant('held_until'),
  },
  (table) => [
    uniqueIndex('place_once').on(table.departmentId, table.day, table.startsAt, table.placeNo),
    uniqueIndex('place_day_no').on(table.departmentId, table.day, table.dayNo),
    index('place_free')
      .on(table.departmentId, table.day, table.startsAt)
      .where(sql`${table.bookingId} is null and ${table.closedByTrip} is null`),
  ],
);

/** Bookings. The two partial unique indexes are the guarantee of EQ-10 and EQ-13: no place twice, no form twice. */
export const bookings = pgTable(
  'booking',
  {
    id: uuid('id').primaryKey(),
    formId: uuid('form_id')
      .notNull()
      .references(() => forms.id),
    /** The person examined. */
    personId: uuid('person_id')
      .notNull()
      .references(() => persons.id),
    /** Who booked: the person or the lawful representative. */
    bookedBy: uuid('booked_by')
      .notNull()
      .references(() => persons.id),
    requestKey: uuid('request_key').notNull(),
    placeId: bigint('place_id', { mode: 'number' })
      .notNull()
      .references(() => places.id),
    departmentId: uuid('department_id')
      .notNull()
      .references(() => departments.id),
    day: date('day').$type<PlainDate>().notNull(),
    startsAt: timeOfDay('starts_at').notNull(),
    /** Appointed start as an instant. */
    startsInstant: instant('starts_instant').notNull(),
    ticketNo: text('ticket_no').notNull(),
    /** 128 random bits, base64url; the only thing a QR holds. */
    ticketCode: text('ticket_code').notNull().unique(),
    accessNeeds: text('access_needs')
      .array()
      .notNull()
      .default(sql`'{}'`),
    state: literal<BookingState>('state').notNull(),
    createdAt: instant('created_at').notNull(),
    stateAt: instant('state_at').notNull(),
    /** Grows with every change; the SEQUENCE of the calendar file. */
    version: integer('version').notNull().default(0),
    movedFrom: uuid('moved_from'),
    cancelReason: text('cancel_reason'),
  },
  (table) => [
    uniqueIndex('booking_place_once')
      .on(table.placeId)
      .where(sql`${table.state} in ('booked', 'arrived', 'served')`),
    uniqueIndex('booking_form_once')
      .on(table.formId)
      .where(sql`${table.state} in ('booked', 'arrived', 'served')`),
    uniqueIndex('booking_request').on(table.bookedBy, table.requestKey),
    uniqueIndex('booking_ticket').on(table.departmentId, table.day, table.ticketNo),
    index('booking_form').on(table.formId, table.createdAt),
    index('booking_person').on(table.personId),
    // Reports of all departments; see 0020.
    index('booking_day').using('brin', table.day).with({ pages_per_range: 32, autosummarize: true }),
    // EQ-14: the sweep of the late looks at this index alone.
    index('booking_lateness')
      .on(table.startsInstant)
      .where(sql`${table.state} = 'booked'`),
    check(
      'booking_state',
      sql`${table.state} in ('booked', 'arrived', 'served', 'cancelled', 'moved', 'annulled')`,
    ),
  ],
);

/** The department's day from the arrival mark on. */
export const visits = pgTable(
  'visit',
  {
    id: uuid('id').primaryKey(),
    departmentId: uuid('department_id')
      .notNull()
      .references(() => departments.id),
    day: date('day').$type<PlainDate>().notNull(),
    kind: literal<'booked' | 'live'>('kind').notNull(),
    bookingId: uuid('booking_id').references(() => bookings.id),
    formId: uuid('form_id')
      .notNull()
      .references(() => forms.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => persons.id),
    ticketNo: text('ticket_no').notNull(),
    startsInstant: instant('starts_instant'),
    state: literal<VisitState>('state').notNull(),
    room: text('room'),
    calls: integer('calls').notNull().default(0),
    arrivedAt: instant('arrived_at').notNull(),
    calledAt: instant('called_at'),
    /** The first call that was not taken back; kept by `keep_first_call`. Punctuality is measured by it. */
    firstCalledAt: instant('first_called_at'),
    startedAt: instant('started_at'),
    finishedAt: instant('finished_at'),
  },
  (table) => [
    index('visit_day').on(table.departmentId, table.day),
    // Reports of all departments; see 0020.
    index('visit_day_range').using('brin', table.day).with({ pages_per_range: 32, autosummarize: true }),
    uniqueIndex('visit_booking').on(table.bookingId),
    uniqueIndex('visit_ticket').on(table.departmentId, table.day, table.ticketNo),
    uniqueIndex('visit_form_live')
      .on(table.formId)
      .where(sql`${table.state} in ('waiting', 'called', 'in-service')`),
    check('visit_state', sql`${table.state} in ('waiting', 'called', 'in-service', 'done', 'did-not-come')`),
  ],
);

/** EQ-15: last number of the live queue of a department's day. */
export const liveCounters = pgTable(
  'live_counter',
  {
    departmentId: uuid('department_id')
      .notNull()
      .references(() => departments.id),
    day: date('day').$type<PlainDate>().notNull(),
    last: integer('last').notNull(),
  },
  (table) => [primaryKey({ columns: [table.departmentId, table.day] })],
);
