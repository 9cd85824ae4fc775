import type {
  AbsenceGround,
  ConsentedPlace,
  FieldPlaceKind,
  FieldPlaceState,
  RequestRefusalReason,
  RequestState,
  SessionState,
  VisitedPlace,
} from '@mse/domain/field-sessions';
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
import { bytes, instant, literal, timeOfDay } from './columns.ts';
import { persons } from './identity.ts';
import { forms } from './intake.ts';
import { departments } from './reference.ts';

/** FF-03: field sessions of a department. */
export const fieldSessions = pgTable(
  'field_session',
  {
    id: uuid('id').primaryKey(),
    departmentId: uuid('department_id')
      .notNull()
      .references(() => departments.id),
    place: literal<VisitedPlace>('place').notNull(),
    /** Name of the institution; empty for homes. */
    institution: text('institution').notNull().default(''),
    /** Address of the institution; for homes the town or the villages of the tour. */
    address: text('address').notNull().default(''),
    day: date('day').$type<PlainDate>().notNull(),
    startsAt: timeOfDay('starts_at').notNull(),
    /** How many people at most. */
    capacity: integer('capacity').notNull(),
    state: literal<SessionState>('state').notNull(),
    stateAt: instant('state_at').notNull(),
    /** Grows with every step; a step on an older one is refused. */
    version: integer('version').notNull().default(1),
    cancelReason: text('cancel_reason').notNull().default(''),
    createdBy: uuid('created_by')
      .notNull()
      .references(() => persons.id),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    index('field_session_department').on(table.departmentId, table.day),
    check(
      'field_session_state',
      sql`${table.state} in ('planned', 'announced', 'held', 'closed', 'cancelled')`,
    ),
    check('field_session_capacity', sql`${table.capacity} between 1 and 100`),
  ],
);

/** Staff of the department who go to a session. */
export const fieldSessionMembers = pgTable(
  'field_session_member',
  {
    sessionId: uuid('session_id')
      .notNull()
      .references(() => fieldSessions.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => persons.id),
  },
  (table) => [primaryKey({ columns: [table.sessionId, table.personId] })],
);

/** FF-03, FF-11 row 12: requests for an examination at home, in hospital or in absentia. */
export const placeRequests = pgTable(
  'place_request',
  {
    id: uuid('id').primaryKey(),
    formId: uuid('form_id')
      .notNull()
      .references(() => forms.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => persons.id),
    departmentId: uuid('department_id')
      .notNull()
      .references(() => departments.id),
    place: literal<ConsentedPlace>('place').notNull(),
    /** In absentia only. */
    ground: literal<AbsenceGround>('ground'),
    /** Conclusion of the medical-consultative commission; empty and null when only a copy was uploaded. */
    conclusionNumber: text('conclusion_number').notNull().default(''),
    conclusionDay: date('conclusion_day').$type<PlainDate>(),
    institution: text('institution').notNull().default(''),
    address: text('address').notNull().default(''),
    consented: boolean('consented').notNull(),
    askedBy: uuid('asked_by')
      .notNull()
      .references(() => persons.id),
    channel: literal<'portal' | 'desk'>('channel').notNull(),
    askedAt: instant('asked_at').notNull(),
    state: literal<RequestState>('state').notNull(),
    stateAt: instant('state_at').notNull(),
    reasons: jsonb('reasons').$type<RequestRefusalReason[]>().notNull().default([]),
    note: text('note').notNull().default(''),
    answeredBy: uuid('answered_by').references(() => persons.id),
    answeredAt: instant('answered_at'),
  },
  (table) => [
    uniqueIndex('place_request_live')
      .on(table.formId)
      .where(sql`${table.state} in ('asked', 'granted')`),
    index('place_request_department')
      .on(table.departmentId, table.askedAt)
      .where(sql`${table.state} in ('asked', 'granted')`),
    index('place_request_person').on(table.personId),
    check('place_request_state', sql`${table.state} in ('asked', 'granted', 'refused', 'withdrawn', 'done')`),
  ],
);

/** Copies of the commission's conclusion, uploaded before the request is sent; bound to it when it is. */
export const placeRequestFiles = pgTable(
  'place_request_file',
  {
    id: uuid('id').primaryKey(),
    formId: uuid('form_id')
      .notNull()
      .references(() => forms.id),
    requestId: uuid('request_id').references(() => placeRequests.id),
    uploadedBy: uuid('uploaded_by')
      .notNull()
      .references(() => persons.id),
    name: text('name').notNull(),
    kind: literal<'pdf' | 'jpeg' | 'png'>('kind').notNull(),
    sha256: text('sha256').notNull(),
    content: bytes('content').notNull(),
    uploadedAt: instant('uploaded_at').notNull(),
  },
  (table) => [
    index('place_request_file_form').on(table.formId),
    index('place_request_file_request').on(table.requestId),
  ],
);

/**
 * FF-03: a person's place of examination outside the queue. `field_place_form_live` and the triggers of 0064 are the guarantee: one
 * live place per form, bookings and the live queue included.
 */
export const fieldPlaces = pgTable(
  'field_place',
  {
    id: uuid('id').primaryKey(),
    formId: uuid('form_id')
      .notNull()
      .references(() => forms.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => persons.id),
    departmentId: uuid('department_id')
      .notNull()
      .references(() => departments.id),
    place: literal<FieldPlaceKind>('place').notNull(),
    /** Null in absentia: nobody travels. */
    sessionId: uuid('session_id').references(() => fieldSessions.id),
    requestId: uuid('request_id').references(() => placeRequests.id),
    state: literal<FieldPlaceState>('state').notNull(),
    stateAt: instant('state_at').notNull(),
    /** Grows with every move of its session; what was told is told once for each. */
    version: integer('version').notNull().default(1),
    putBy: uuid('put_by')
      .notNull()
      .references(() => persons.id),
    putAt: instant('put_at').notNull(),
  },
  (table) => [
    uniqueIndex('field_place_form_live')
      .on(table.formId)
      .where(sql`${table.state} = 'on'`),
    index('field_place_session_on').on(table.sessionId),
    index('field_place_person').on(table.personId),
    index('field_place_absent')
      .on(table.departmentId)
      .where(sql`${table.sessionId} is null and ${table.state} = 'on'`),
    check(
      'field_place_state',
      sql`${table.state} in ('on', 'examined', 'refused', 'not-met', 'moved', 'taken-off', 'cancelled')`,
    ),
    check('field_place_session', sql`(${table.place} = 'in-absentia') = (${table.sessionId} is null)`),
  ],
);
