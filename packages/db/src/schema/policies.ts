import type { PlainDate } from '@mse/domain/shared';
import { boolean, date, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant, trilingual } from './columns.ts';

/** The twenty regions; `code` is the first two digits of the national classifier. */
export const regions = pgTable('region', {
  code: text('code').primaryKey(),
  name: trilingual('name').notNull(),
});

/** Numbers and choices of the law as dated rows; see `PolicyValues` of the domain. Written once: a change is a new row. */
export const policies = pgTable(
  'policy',
  {
    key: text('key').notNull(),
    validFrom: date('valid_from').$type<PlainDate>().notNull(),
    value: jsonb('value').$type<unknown>().notNull(),
    basis: text('basis').notNull(),
    assumed: boolean('assumed').notNull(),
    createdBy: uuid('created_by'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.key, table.validFrom] })],
);
