import type { PlainDate, PlainTime } from '@mse/domain/shared';
import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { instant, literal, trilingual } from './columns.ts';

/** Administrative-territorial units (EQ-03); `code` is the national classifier's number. */
export const administrativeUnits = pgTable('administrative_unit', {
  code: text('code').primaryKey(),
  regionCode: text('region_code').notNull(),
  parentCode: text('parent_code'),
  name: trilingual('name').notNull(),
});

/** MSE departments with the address of EQ-03 and what a person must know to get in. */
export const departments = pgTable('department', {
  id: uuid('id').primaryKey(),
  number: integer('number').notNull().unique(),
  regionCode: text('region_code').notNull(),
  name: trilingual('name').notNull(),
  address: trilingual('address').notNull(),
  landmark: trilingual('landmark').notNull(),
  access: trilingual('access').notNull(),
  phone: text('phone').notNull(),
  rooms: text('rooms').array().notNull(),
});

/** EQ-03: which department serves a unit, from a date. The newest row that has begun counts. */
export const unitDepartments = pgTable(
  'unit_department',
  {
    unitCode: text('unit_code')
      .notNull()
      .references(() => administrativeUnits.code),
    departmentId: uuid('department_id')
      .notNull()
      .references(() => departments.id),
    validFrom: date('valid_from').$type<PlainDate>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.unitCode, table.validFrom] })],
);

/** GV-04: the legal act that switches the queue on for a region and a period. */
export const queuePilots = pgTable(
  'queue_pilot',
  {
    id: uuid('id').primaryKey(),
    regionCode: text('region_code').notNull(),
    validFrom: date('valid_from').$type<PlainDate>().notNull(),
    validUntil: date('valid_until').$type<PlainDate>().notNull(),
    legalAct: trilingual('legal_act').notNull(),
  },
  // Periods of one region never overlap (`queue_pilot_alone`).
  (table) => [check('queue_pilot_order', sql`${table.validFrom} <= ${table.validUntil}`)],
);

/** Holidays, days off and moved days of the Labour Code; every row names its source. */
export const calendarDays = pgTable('calendar_day', {
  date: date('date').$type<PlainDate>().primaryKey(),
  kind: literal<'holiday' | 'day-off' | 'working'>('kind').notNull(),
  name: trilingual('name').notNull(),
  basis: text('basis').notNull(),
});

/**
 * EQ-02: a day off that law orders every year, in force for a span of dates; next year's calendar is taken from these. Without month and
 * day it is announced each year. `moves`: falling on a weekend, it frees the next working day.
 */
export const statutoryDays = pgTable(
  'statutory_day',
  {
    key: text('key').notNull(),
    validFrom: date('valid_from').$type<PlainDate>().notNull(),
    validUntil: date('valid_until').$type<PlainDate>(),
    month: smallint('month'),
    day: smallint('day'),
    kind: literal<'holiday' | 'day-off'>('kind').notNull(),
    moves: boolean('moves').notNull(),
    name: trilingual('name').notNull(),
    basis: text('basis').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.key, table.validFrom] }),
    check('statutory_day_kind', sql`${table.kind} in ('holiday', 'day-off')`),
    check(
      'statutory_day_order',
      sql`${table.validUntil} is null or ${table.validFrom} <= ${table.validUntil}`,
    ),
    check(
      'statutory_day_date',
      sql`(${table.month} is null) = (${table.day} is null) and ${table.month} between 1 and 12 and ${table.day} between 1 and 31`,
    ),
  ],
);

/** EQ-02: start times in force from a date. */
export const startTimes = pgTable('start_times', {
  validFrom: date('valid_from').$type<PlainDate>().primaryKey(),
  times: text('times').array().$type<PlainTime[]>().notNull(),
  basis: text('basis').notNull(),
});

/** EQ-02: how new start times reach the places of the departments, one after the other. */
export const startTimesSpreads = pgTable(
  'start_times_spread',
  {
    id: uuid('id').primaryKey(),
    validFrom: date('valid_from')
      .$type<PlainDate>()
      .notNull()
      .references(() => startTimes.validFrom),
    startedBy: uuid('started_by').notNull(),
    startedAt: instant('started_at').notNull(),
    finishedAt: instant('finished_at'),
  },
  (table) => [
    index('start_times_spread_of').on(table.validFrom, table.startedAt),
    index('start_times_spread_running')
      .on(table.startedAt)
      .where(sql`${table.finishedAt} is null`),
  ],
);

/** One department of a spread, and what became of its places. */
export const startTimesSpreadItems = pgTable(
  'start_times_spread_item',
  {
    spreadId: uuid('spread_id')
      .notNull()
      .references(() => startTimesSpreads.id),
    departmentId: uuid('department_id')
      .notNull()
      .references(() => departments.id),
    doneAt: instant('done_at'),
    added: integer('added').notNull().default(0),
    reopened: integer('reopened').notNull().default(0),
    withdrawn: integer('withdrawn').notNull().default(0),
    kept: integer('kept').notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.spreadId, table.departmentId] }),
    index('start_times_spread_item_open')
      .on(table.spreadId)
      .where(sql`${table.doneAt} is null`),
  ],
);

/** EQ-03, EQ-04: a department's published reception schedule. */
export const receptionSchedules = pgTable(
  'reception_schedule',
  {
    id: uuid('id').primaryKey(),
    departmentId: uuid('department_id')
      .notNull()
      .references(() => departments.id),
    from: date('from_day').$type<PlainDate>().notNull(),
    until: date('until_day').$type<PlainDate>().notNull(),
    placesPerStart: integer('places_per_start').notNull(),
    publishedAt: instant('published_at'),
    publishedBy: uuid('published_by'),
    /** A later publication took its place; the row stays as history. Rows in force never overlap (`reception_schedule_alone`). */
    replacedAt: instant('replaced_at'),
  },
  (table) => [
    index('reception_schedule_department').on(table.departmentId, table.from),
    check('reception_schedule_order', sql`${table.from} <= ${table.until}`),
    check('reception_schedule_places', sql`${table.placesPerStart} between 1 and 50`),
  ],
);

/** EQ-03: trips of the department's specialists; nobody is received on these days. */
export const businessTrips = pgTable(
  'business_trip',
  {
    id: uuid('id').primaryKey(),
    departmentId: uuid('department_id')
      .notNull()
      .references(() => departments.id),
    from: date('from_day').$type<PlainDate>().notNull(),
    until: date('until_day').$type<PlainDate>().notNull(),
    /**
     * A trip of the specialists, a day of the calendar that became free later, or the department closed for another cause.
     * `withdrawn` closes no day: it marks places that a newer schedule no longer has, and is born cancelled, so that whoever
     * asks which days are closed never meets it.
     */
    kind: literal<'trip' | 'calendar' | 'closed' | 'withdrawn'>('kind').notNull().default('trip'),
    reason: text('reason').notNull().default(''),
    /** A closure taken back; its places are open again. Rows are never deleted. */
    cancelledAt: instant('cancelled_at'),
  },
  (table) => [
    index('business_trip_department').on(table.departmentId, table.from),
    check('business_trip_order', sql`${table.from} <= ${table.until}`),
  ],
);
