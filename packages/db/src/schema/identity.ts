import type { StaffRole } from '@mse/domain/access';
import type { SessionAudience, TrustLevel } from '@mse/domain/identity';
import type { Language, PlainDate, Trilingual } from '@mse/domain/shared';
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { instant, literal } from './columns.ts';
import { administrativeUnits, departments } from './reference.ts';

/** A person as the registries last described them. Birth date and sex come from the registry, never from the ИИН. */
export const persons = pgTable('person', {
  id: uuid('id').primaryKey(),
  iin: text('iin').notNull().unique(),
  surname: text('surname').notNull(),
  name: text('name').notNull(),
  patronymic: text('patronymic'),
  birthDate: date('birth_date').$type<PlainDate>().notNull(),
  sex: literal<'female' | 'male'>('sex').notNull(),
  status: literal<'alive' | 'dead' | 'emigrated'>('status').notNull(),
  legalCapacity: literal<'capable' | 'limited' | 'incapable'>('legal_capacity').notNull(),
  /** Unit of the permanent registration; null when there is none. */
  unitCode: text('unit_code').references(() => administrativeUnits.code),
  /** The registry's address text (kk, ru); null when there is no permanent registration. */
  address: jsonb('address').$type<Pick<Trilingual, 'kk' | 'ru'>>(),
  /** Number in the base of mobile citizens. */
  phone: text('phone'),
  messageLanguage: literal<Language>('message_language').notNull().default('kk'),
  /** Second number the person confirmed in the cabinet; official SMS go to the base's number, copies go here. */
  contactPhone: text('contact_phone'),
  email: text('email'),
  /** Needs named in the profile and offered at each booking. */
  accessNeeds: text('access_needs')
    .array()
    .notNull()
    .default(sql`'{}'`),
  /** When the registry of persons last answered about this person. */
  personsAsOf: instant('persons_as_of').notNull(),
  phoneAsOf: instant('phone_as_of'),
  wardsAsOf: instant('wards_as_of'),
});

/** EQ-07: who may act for whom, as the guardianship registry says. */
export const guardianships = pgTable(
  'guardianship',
  {
    guardianId: uuid('guardian_id')
      .notNull()
      .references(() => persons.id),
    wardId: uuid('ward_id')
      .notNull()
      .references(() => persons.id),
    basis: literal<'parent' | 'guardian' | 'trustee'>('basis').notNull(),
    validFrom: date('valid_from').$type<PlainDate>().notNull(),
    validUntil: date('valid_until').$type<PlainDate>(),
  },
  (table) => [
    uniqueIndex('guardianship_pair').on(table.guardianId, table.wardId, table.basis),
    index('guardianship_ward').on(table.wardId),
  ],
);

/** Roles of staff, dated; a role ends by its date and is never deleted. */
export const staffRoles = pgTable(
  'staff_role',
  {
    id: uuid('id').primaryKey(),
    personId: uuid('person_id')
      .notNull()
      .references(() => persons.id),
    role: literal<StaffRole>('role').notNull(),
    departmentId: uuid('department_id').references(() => departments.id),
    validFrom: date('valid_from').$type<PlainDate>().notNull(),
    validUntil: date('valid_until').$type<PlainDate>(),
  },
  (table) => [index('staff_role_person').on(table.personId)],
);

/** Sessions; `id` is the SHA-256 of the token, so a copy of this table opens no door. */
export const sessions = pgTable(
  'session',
  {
    id: text('id').primaryKey(),
    personId: uuid('person_id')
      .notNull()
      .references(() => persons.id),
    audience: literal<SessionAudience>('audience').notNull(),
    trust: literal<TrustLevel>('trust').notNull(),
    /** What the browser says it is, shortened; shown to the owner in the list of sessions. */
    device: text('device').notNull(),
    startedAt: instant('started_at').notNull(),
    lastUsedAt: instant('last_used_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [index('session_person').on(table.personId), index('session_expires').on(table.expiresAt)],
);

/** A sign-in under way: a code that was sent or a text that waits for its signature. Only hashes of secrets are stored. */
export const signInChallenges = pgTable(
  'sign_in_challenge',
  {
    id: uuid('id').primaryKey(),
    kind: literal<'code' | 'signature'>('kind').notNull(),
    audience: literal<SessionAudience>('audience').notNull(),
    /** Null when nobody fits what was typed; the flow goes on all the same so that nothing is revealed. */
    personId: uuid('person_id').references(() => persons.id),
    /** Keyed hash of the ИИН as typed: sends and wrong codes are counted under it, whether or not anybody has that number (T10, T11). */
    subjectKey: text('subject_key'),
    codeHash: text('code_hash'),
    /** The exact text to sign. */
    text: text('text'),
    language: literal<Language>('language').notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    tries: integer('tries').notNull().default(0),
    used: boolean('used').notNull().default(false),
  },
  (table) => [
    index('sign_in_challenge_person').on(table.personId, table.createdAt),
    index('sign_in_challenge_subject').on(table.subjectKey, table.createdAt),
    index('sign_in_challenge_expires').on(table.expiresAt),
  ],
);

/** EQ-16: every giving and withdrawing of consent; the newest row counts. Never changed, never deleted. */
export const consentEvents = pgTable(
  'consent_event',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    personId: uuid('person_id')
      .notNull()
      .references(() => persons.id),
    /** Who gave it: the person or the lawful representative. */
    givenBy: uuid('given_by')
      .notNull()
      .references(() => persons.id),
    kind: literal<'given' | 'withdrawn'>('kind').notNull(),
    version: text('version').notNull(),
    language: literal<Language>('language').notNull(),
    at: instant('at').notNull(),
  },
  (table) => [index('consent_event_person').on(table.personId, sql`${table.id} desc`)],
);
