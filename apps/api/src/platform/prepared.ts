import type { Database } from '@mse/db';

/**
 * A query that is built once per database and then prepared on each of its connections.
 * Drizzle builds and PostgreSQL parses an ordinary query anew at every call, which on the hot paths costs more than its work.
 */
export function preparedOnce<Query>(build: (db: Database) => Query): (db: Database) => Query {
  const built = new WeakMap<Database, Query>();
  return (db) => {
    let query = built.get(db);
    if (!query) built.set(db, (query = build(db)));
    return query;
  };
}
