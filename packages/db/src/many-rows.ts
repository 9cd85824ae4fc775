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
  const fields = fieldsOf(table, first);
  const { names, types, json } = recordset(table, fields, rows);
  const unless = options.unless
    ? sql` on conflict (${sql.identifier(options.unless.name)}) do nothing`
    : sql.empty();
  const returning = options.returning
    ? sql` returning ${sql.identifier(options.returning.name)} as value`
    : sql.empty();
  const found = await executor.execute<{ value: unknown }>(
    sql`insert into ${table} (${names}) select ${names} from json_to_recordset(${json}::json) as row (${types})${unless}${returning}`,
  );
  return found.map(({ value }) => value);
}

/**
 * Gives rows, each known by its `id`, values of their own in one statement with one parameter; see `insertMany`. Every row changes the
 * same fields.
 */
export async function updateMany<Table extends PgTable>(
  executor: Executor,
  table: Table,
  rows: readonly (Partial<InferInsertModel<Table>> & { id: string })[],
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const fields = fieldsOf(table, first);
  const { types, json } = recordset(table, fields, rows);
  const changes = fields
    .filter(([key]) => key !== 'id')
    .map(([, { name }]) => sql`${sql.identifier(name)} = row.${sql.identifier(name)}`);
  if (changes.length === 0) return;
  await executor.execute(
    sql`update ${table} as old set ${join(changes)} from json_to_recordset(${json}::json) as row (${types}) where old.id = row.id`,
  );
}

type Field = [key: string, column: PgColumn];

/** Fields of a row that are columns of the table. */
function fieldsOf(table: PgTable, row: object): Field[] {
  return Object.entries<PgColumn>(getTableColumns(table)).filter(
    ([key]) => Reflect.get(row, key) !== undefined,
  );
}

/** Rows as one JSON array, with the names and types by which the database reads them. */
function recordset(table: PgTable, fields: readonly Field[], rows: readonly object[]) {
  const list = rows.map((row) => {
    if (fieldsOf(table, row).length !== fields.length)
      throw new Error('Rows of one statement have different fields');
    return Object.fromEntries(
      fields.map(([key, column]) => [column.name, plainValue(column, Reflect.get(row, key))]),
    );
  });
  return {
    names: join(fields.map(([, { name }]) => sql.identifier(name))),
    types: join(
      fields.map(([, column]) => sql`${sql.identifier(column.name)} ${sql.raw(column.getSQLType())}`),
    ),
    json: JSON.stringify(list),
  };
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
