import type { Box, ItemKind, ItemState, Suspicion } from '@mse/domain/dossiers';
import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bytes, instant, literal } from './columns.ts';
import { assignments, cases, formFiles } from './examination.ts';
import { persons } from './identity.ts';

/** PX-03: the last number of a draft act in a year; its row is the turn everybody waits for, so no number is skipped. */
export const draftActCounters = pgTable('draft_act_counter', {
  year: integer('year').primaryKey(),
  last: integer('last').notNull(),
});

/**
 * PX-04: one thing of a case that was re-made for the experts: a section of the form or a page of a file. Only what `passed` or was
 * `released` by a person is copied to `blind`. May show identity; experts never read it.
 */
export const dossierItems = pgTable(
  'dossier_item',
  {
    id: uuid('id').primaryKey(),
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id),
    kind: literal<ItemKind>('kind').notNull(),
    /** Section: its name. Page: what its file is. */
    name: text('name').notNull(),
    fileId: uuid('file_id').references(() => formFiles.id),
    fileNo: smallint('file_no'),
    pageNo: smallint('page_no'),
    state: literal<ItemState>('state').notNull(),
    /** Why a person must look. */
    causes: jsonb('causes').$type<Suspicion[]>().notNull().default([]),
    /** The re-made text; of a page what was read on it. */
    text: text('text').notNull(),
    mediaType: text('media_type'),
    width: integer('width'),
    height: integer('height'),
    /** The re-made picture. */
    picture: bytes('picture'),
    /** The page as it came, drawn anew; kept only while a person has to look. */
    original: bytes('original'),
    /** What was blacked out, in pixels of the picture. */
    boxes: jsonb('boxes').$type<Box[]>().notNull().default([]),
    version: integer('version').notNull().default(1),
    madeAt: instant('made_at').notNull(),
    settledBy: uuid('settled_by').references(() => persons.id),
    settledAt: instant('settled_at'),
  },
  (table) => [
    uniqueIndex('dossier_item_section')
      .on(table.caseId, table.name)
      .where(sql`${table.kind} = 'section'`),
    uniqueIndex('dossier_item_page_once')
      .on(table.caseId, table.fileNo, table.pageNo)
      .where(sql`${table.kind} = 'page'`),
    index('dossier_item_held')
      .on(table.madeAt, table.id)
      .where(sql`${table.state} = 'held'`),
    index('dossier_item_case').on(table.caseId),
  ],
);

/** An expert said "I can see who this is"; append-only. */
export const identityIncidents = pgTable(
  'identity_incident',
  {
    id: uuid('id').primaryKey(),
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id),
    itemId: uuid('item_id')
      .notNull()
      .references(() => dossierItems.id),
    assignmentId: uuid('assignment_id')
      .notNull()
      .references(() => assignments.id),
    at: instant('at').notNull(),
  },
  (table) => [index('identity_incident_item').on(table.itemId)],
);
