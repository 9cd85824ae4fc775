import { getTableColumns, type InferInsertModel, sql, type SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Executor } from './client.ts';

/**
 * Inserts rows that go into one statement with one parameter, however many they are: its text is short and always the same, where a list
 * of values has a parameter for each field, costs the client and the server the most of their time and ends at 65,535 of them. Every
 * row has the same fields; those none has get their defaults. `unless`: rows whose value of this unique column is known are left out.
 * `returning`: the values of a column of the rows that were inserted.
 */
export async function insertMany<Table extends PgTable>(
  executor: Executor,
  table: Table,
  rows: readonly InferInsertModel<Table>[],
  options: { unless?: PgColumn; returning?: PgColumn } = {},
): Promise<unknown[]> {
  const [first] = rows;
  if (!first) return [];
  const fieldsOf = (row: object) =>
    Object.entries<PgColumn>(getTableColumns(table)).filter(([key]) => Reflect.get(row, key) !== undefined);
  const fields: [string, PgColumn][] = fieldsOf(first);
  const list = rows.map((row) => {
    if (fieldsOf(row).length !== fields.length)
      throw new Error('Rows of one statement have different fields');
    return Object.fromEntries(
      fields.map(([key, column]) => [column.name, plainValue(column, Reflect.get(row, key))]),
    );
  });
  const names = join(fields.map(([, column]) => sql.identifier(column.name)));
  const types = join(
    fields.map(([, column]) => sql`${sql.identifier(column.name)} ${sql.raw(column.getSQLType())}`),
  );
  const unless = options.unless
    ? sql` on conflict (${sql.identifier(options.unless.name)}) do nothing`
    : sql.empty();
  const returning = options.returning
    ? sql` returning ${sql.identifier(options.returning.name)} as value`
    : sql.empty();
  const found = await executor.execute<{ value: unknown }>(
    sql`insert into ${table} (${names}) select ${names} from json_to_recordset(${JSON.stringify(list)}::json) as row (${types})${unless}${returning}`,
  );
  return found.map(({ value }) => value);
}

function join(parts: SQL[] | ReturnType<typeof sql.identifier>[]): SQL {
  return sql.join(parts, sql`, `);
}

/** A value as JSON that the database reads as the type of its column. */
function plainValue(column: PgColumn, value: unknown): unknown {
  if (value === null || column.getSQLType() === 'jsonb') return value;
  const driven: unknown = column.mapToDriverValue(value);
  return Buffer.isBuffer(driven) ? `\\x${driven.toString('hex')}` : driven;
}
