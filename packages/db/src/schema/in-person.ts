import type { DecisionTyped } from '@mse/domain/examination';
import type { ApplicationState, HandedDocument, InjuryKind, RefusalGround } from '@mse/domain/in-person';
import type { ExaminationPlace } from '@mse/domain/field-sessions';
import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { cases } from './examination.ts';
import { fieldPlaces } from './field-sessions.ts';
import { instant, literal } from './columns.ts';
import { persons } from './identity.ts';
import { forms } from './intake.ts';
import { visits } from './queue.ts';
import { departments } from './reference.ts';

/** FF-11: an application for an in-person examination, from the counter to the conclusion or the refusal. */
export const inPersonApplications = pgTable(
  'in_person_application',
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
    /** The visit it belongs to; null for somebody invited after a mismatch (PX-34). */
    visitId: uuid('visit_id').references(() => visits.id),
    caseId: uuid('case_id').references(() => cases.id),
    /** FF-03: where the person is examined, and the place outside the queue it belongs to; null at the department. */
    place: literal<ExaminationPlace>('place').notNull().default('department'),
    fieldPlaceId: uuid('field_place_id').references(() => fieldPlaces.id),
    /** FF-11, row 12: consent to be examined at home, in hospital or in absentia. */
    placeConsented: boolean('place_consented').notNull().default(false),
    state: literal<ApplicationState>('state').notNull(),
    stateAt: instant('state_at').notNull(),
    /** Grows with every save; a save on an older one is refused. */
    version: integer('version').notNull().default(1),
    arrivedAt: instant('arrived_at'),
    openedAt: instant('opened_at').notNull(),
    openedBy: uuid('opened_by')
      .notNull()
      .references(() => persons.id),
    /** Who applies: the person, or the lawful representative of the form. */
    byRepresentative: boolean('by_representative').notNull().default(false),
    working: boolean('working').notNull().default(false),
    first: boolean('first').notNull().default(true),
    injury: literal<InjuryKind>('injury').notNull().default('none'),
    /** FF-11, row 13: why somebody is examined before the term; empty when it does not apply. */
    earlyReason: text('early_reason').notNull().default(''),
    /** FF-11, rows 14 and 15: consent, warnings and the signature on paper or by the applicant's key. */
    consented: boolean('consented').notNull().default(false),
    documents: jsonb('documents').$type<HandedDocument[]>().notNull().default([]),
    /** Grounds of a refusal, proposed by one person and confirmed by the head. */
    grounds: jsonb('grounds').$type<RefusalGround[]>().notNull().default([]),
    refusalNote: text('refusal_note').notNull().default(''),
    proposedBy: uuid('proposed_by').references(() => persons.id),
    decidedBy: uuid('decided_by').references(() => persons.id),
    /** What the head has typed of the conclusion so far. */
    draft: jsonb('draft').$type<DecisionTyped>().notNull().default({}),
    endedAt: instant('ended_at'),
  },
  (table) => [
    uniqueIndex('in_person_application_live')
      .on(table.formId)
      .where(sql`${table.endedAt} is null`),
    index('in_person_application_department').on(table.departmentId, table.openedAt),
    index('in_person_application_person').on(table.personId),
    check(
      'in_person_application_state',
      sql`${table.state} in ('open', 'accepted', 'refusal-proposed', 'consultation', 'refused', 'withdrawn', 'concluded')`,
    ),
    check(
      'in_person_application_ended',
      sql`(${table.endedAt} is not null) = (${table.state} in ('refused', 'withdrawn', 'concluded'))`,
    ),
    check(
      'in_person_application_four_eyes',
      sql`${table.state} <> 'refused' or (${table.proposedBy} is not null and ${table.decidedBy} is not null and ${table.proposedBy} <> ${table.decidedBy})`,
    ),
  ],
);

/** PX-22: a department's question to the methodology and control department, with its preliminary conclusion. */
export const consultations = pgTable(
  'consultation',
  {
    id: uuid('id').primaryKey(),
    applicationId: uuid('application_id')
      .notNull()
      .references(() => inPersonApplications.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => persons.id),
    departmentId: uuid('department_id')
      .notNull()
      .references(() => departments.id),
    preliminary: jsonb('preliminary').$type<DecisionTyped>().notNull(),
    question: text('question').notNull(),
    askedBy: uuid('asked_by')
      .notNull()
      .references(() => persons.id),
    askedAt: instant('asked_at').notNull(),
    /** Ten working days in all. */
    dueAt: instant('due_at').notNull(),
    answer: text('answer'),
    answeredBy: uuid('answered_by').references(() => persons.id),
    answeredAt: instant('answered_at'),
  },
  (table) => [
    uniqueIndex('consultation_open')
      .on(table.applicationId)
      .where(sql`${table.answeredAt} is null`),
    index('consultation_due')
      .on(table.dueAt)
      .where(sql`${table.answeredAt} is null`),
  ],
);
