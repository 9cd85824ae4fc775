import { getTableColumns, getTableName, type InferInsertModel, type Table } from 'drizzle-orm';
import type { Sql, TransactionSql } from 'postgres';

/** How many rows travel in one statement. */
const batch = 5000;

/**
 * Inserts any number of rows with one statement per five thousand of them. All rows must have the same keys; columns
 * they do not name get their defaults. Numbers of identity columns are taken as given.
 */
export async function insertRows<Rows extends Table>(
  sql: Sql | TransactionSql,
  table: Rows,
  rows: readonly InferInsertModel<Rows>[],
): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const columns = Object.entries(getTableColumns(table)).filter(([key]) => key in first);
  const names = columns.map(([, column]) => `"${column.name}"`).join(', ');
  const name = `"${getTableName(table)}"`;
  const query = `insert into ${name} (${names}) overriding system value
    select ${names} from jsonb_populate_recordset(null::${name}, $1::text::jsonb)`;
  for (let start = 0; start < rows.length; start += batch) {
    const part = rows.slice(start, start + batch).map((row) => {
      const values: Record<string, unknown> = row;
      return Object.fromEntries(columns.map(([key, column]) => [column.name, toJson(values[key])]));
    });
    await sql.unsafe(query, [JSON.stringify(part)]);
  }
}

/** Bytes travel as the hexadecimal text PostgreSQL reads. */
function toJson(value: unknown): unknown {
  return Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : value;
}
