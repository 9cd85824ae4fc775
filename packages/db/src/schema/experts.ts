import type { AbsenceKind, ExclusionGround } from '@mse/domain/experts';
import type { ExaminationCondition } from '@mse/domain/intake';
import type { ExpertKind } from '@mse/domain/policies';
import type { PlainDate, Trilingual } from '@mse/domain/shared';
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
import { instant, literal, trilingual } from './columns.ts';
import { persons } from './identity.ts';
import { regions } from './policies.ts';
import { departments } from './reference.ts';

/** PX-06, SN: nosological forms an expert may be entered for. `special`: the special mechanism of one head applies (SN-05). */
export const nosologyGroups = pgTable('nosology_group', {
  code: text('code').primaryKey(),
  name: trilingual('name').notNull(),
  special: boolean('special').notNull(),
});

/** PX-06, F013: which diagnoses belong to a group, by prefix of ICD-10 and age in full years, dated. */
export const nosologyCodes = pgTable(
  'nosology_code',
  {
    id: uuid('id').primaryKey(),
    groupCode: text('group_code')
      .notNull()
      .references(() => nosologyGroups.code),
    /** Latin letters and digits, a dot after the third: `Q71.0`, `S48`. A prefix covers what begins with it. */
    icdPrefix: text('icd_prefix').notNull(),
    /** Only this very code: the order lists S98 and S98.0–S98.3, and S98.4 not. */
    exact: boolean('exact').notNull().default(false),
    fromAge: integer('from_age'),
    /** Last age in full years that still belongs; null when there is none. */
    untilAge: integer('until_age'),
    validFrom: date('valid_from').$type<PlainDate>().notNull(),
    validUntil: date('valid_until').$type<PlainDate>(),
    basis: text('basis').notNull(),
    /** The list itself is not at hand and this line is ours. */
    assumed: boolean('assumed').notNull().default(false),
  },
  (table) => [
    index('nosology_code_group').on(table.groupCode),
    check(
      'nosology_code_ages',
      sql`${table.fromAge} is null or ${table.untilAge} is null or ${table.fromAge} <= ${table.untilAge}`,
    ),
    check(
      'nosology_code_days',
      sql`${table.validUntil} is null or ${table.validFrom} <= ${table.validUntil}`,
    ),
  ],
);

/** SN-01: kinds of examinations and papers a form can carry; the kind of a file is one of these codes, or `other`. */
export const examinationKinds = pgTable('examination_kind', {
  code: text('code').primaryKey(),
  name: trilingual('name').notNull(),
});

/** SN-01, SN-02: which examinations a nosological form asks for, dated. A group of null: every form. */
export const mandatoryExaminations = pgTable(
  'mandatory_examination',
  {
    id: uuid('id').primaryKey(),
    groupCode: text('group_code').references(() => nosologyGroups.code),
    examinationCode: text('examination_code')
      .notNull()
      .references(() => examinationKinds.code),
    condition: literal<ExaminationCondition>('condition').notNull(),
    /** Order on the page. */
    position: integer('position').notNull(),
    validFrom: date('valid_from').$type<PlainDate>().notNull(),
    validUntil: date('valid_until').$type<PlainDate>(),
    basis: text('basis').notNull(),
    assumed: boolean('assumed').notNull().default(false),
  },
  (table) => [
    index('mandatory_examination_group').on(table.groupCode),
    check(
      'mandatory_examination_condition',
      sql`${table.condition} in ('always', 'surgical-amputation', 'diagnosis-set', 'if-any', 'by-indication')`,
    ),
    check(
      'mandatory_examination_days',
      sql`${table.validUntil} is null or ${table.validFrom} <= ${table.validUntil}`,
    ),
  ],
);

/** GV-05, PX-42: medical information systems that send forms. */
export const medicalSystems = pgTable('medical_system', {
  code: text('code').primaryKey(),
  name: trilingual('name').notNull(),
});

/** RG-22: the register. Heads and chief specialists of departments sit on panels too (PX-12) and are rows of their own kind. */
export const experts = pgTable(
  'expert',
  {
    id: uuid('id').primaryKey(),
    personId: uuid('person_id')
      .notNull()
      .references(() => persons.id),
    /** What others see instead of the name: `E-00042`. */
    code: text('code').notNull().unique(),
    kind: literal<ExpertKind>('kind').notNull(),
    /** PX-11: never a case of this region. */
    regionCode: text('region_code')
      .notNull()
      .references(() => regions.code),
    departmentId: uuid('department_id').references(() => departments.id),
    enteredOn: date('entered_on').$type<PlainDate>().notNull(),
    /** Cases a day at most; null leaves it to the policy (PX-15). */
    dailyCap: integer('daily_cap'),
    excludedOn: date('excluded_on').$type<PlainDate>(),
    exclusionGround: literal<ExclusionGround>('exclusion_ground'),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    uniqueIndex('expert_once')
      .on(table.personId)
      .where(sql`${table.excludedOn} is null`),
    check('expert_excluded', sql`(${table.excludedOn} is null) = (${table.exclusionGround} is null)`),
    check('expert_kind', sql`${table.kind} in ('department-head', 'chief-specialist', 'independent')`),
  ],
);

/** Nosological forms an expert is entered for, dated. */
export const expertNosologies = pgTable(
  'expert_nosology',
  {
    expertId: uuid('expert_id')
      .notNull()
      .references(() => experts.id),
    groupCode: text('group_code')
      .notNull()
      .references(() => nosologyGroups.code),
    validFrom: date('valid_from').$type<PlainDate>().notNull(),
    validUntil: date('valid_until').$type<PlainDate>(),
  },
  (table) => [
    primaryKey({ columns: [table.expertId, table.groupCode, table.validFrom] }),
    index('expert_nosology_group').on(table.groupCode),
  ],
);

/** PX-17: when an expert is away; no case is dealt then and open ones move. */
export const expertAbsences = pgTable(
  'expert_absence',
  {
    id: uuid('id').primaryKey(),
    expertId: uuid('expert_id')
      .notNull()
      .references(() => experts.id),
    kind: literal<AbsenceKind>('kind').notNull(),
    from: date('from_day').$type<PlainDate>().notNull(),
    /** Last day; null while it is not known. */
    until: date('until_day').$type<PlainDate>(),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
    cancelledAt: instant('cancelled_at'),
  },
  (table) => [
    index('expert_absence_expert').on(table.expertId, table.from),
    check('expert_absence_order', sql`${table.until} is null or ${table.from} <= ${table.until}`),
  ],
);

/** R05: history of every change of the register with before and after; append-only. */
export const expertChanges = pgTable(
  'expert_change',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    expertId: uuid('expert_id')
      .notNull()
      .references(() => experts.id),
    at: instant('at').notNull(),
    actor: text('actor').notNull(),
    change: text('change').notNull(),
    before: jsonb('before').$type<Record<string, unknown> | null>(),
    after: jsonb('after').$type<Record<string, unknown> | null>(),
    reason: jsonb('reason').$type<string | Trilingual | null>(),
  },
  (table) => [index('expert_change_expert').on(table.expertId, table.id)],
);
