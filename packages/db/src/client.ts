import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { preparing } from './preparing.ts';
import * as schema from './schema/index.ts';

/** Role under which the product works: it cannot change tables, delete facts or touch history. */
export const APP_ROLE = 'saraptama_app';
/** PX-04: role of the queries that answer an expert: it reads the schema `blind` and cannot read identity at all. */
export const EXPERT_ROLE = 'saraptama_expert';

export type Database = ReturnType<typeof connect>['db'];
/** What a transaction callback receives; the same queries, one commit. */
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];
/** Either of the two: for code that works inside and outside a transaction. */
export type Executor = Database | Transaction;

/**
 * Opens a pool to any PostgreSQL 15 or newer. Every connection works as `saraptama_app` unless `role` says otherwise
 * (null keeps the login's own role). `max` is the number of connections, `name` shows in pg_stat_activity. With `parallel` false no query
 * is shared among processes of the server: where calls are short and many, starting those costs more than they save.
 * Dates and times come back as text, instants as Date in Drizzle queries and as text in raw ones.
 */
export function connect(options: {
  url: string;
  max?: number;
  name?: string;
  role?: string | null;
  parallel?: boolean;
}) {
  const role = options.role === undefined ? APP_ROLE : options.role;
  const sql = postgres(options.url, {
    max: options.max ?? 10,
    onnotice: () => undefined,
    connect_timeout: 10,
    idle_timeout: 60,
    connection: {
      application_name: options.name ?? 'saraptama',
      TimeZone: 'UTC',
      ...(role ? { role } : {}),
      ...(options.parallel === false ? { max_parallel_workers_per_gather: '0' } : {}),
    },
  });
  const db = drizzle(preparing(sql), { schema });
  return { sql, db, close: () => sql.end({ timeout: 5 }) };
}
