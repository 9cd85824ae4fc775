import type postgres from 'postgres';

/** Texts of statements that one pool has prepared at the most: each costs memory in every connection. */
const MOST = 500;
/** A statement with more values than this is a list of some length, and the next one has another. */
const MOST_VALUES = 50;

type Client = postgres.Sql | postgres.TransactionSql;
type Values = Parameters<Client['unsafe']>[1];
type Scope = (client: postgres.TransactionSql) => unknown;

/**
 * The client that Drizzle is given: its queries are prepared by the text they have, once in a connection. Drizzle leaves that out on this
 * driver, and each query is then described before it is sent: two trips to the database instead of one, and planned anew every time.
 */
export function preparing<Kind extends Client>(client: Kind, known = new Set<string>()): Kind {
  const unsafe: Client['unsafe'] = (text, values, options) =>
    client.unsafe(text, values, {
      ...options,
      prepare: options?.prepare === true || isWorthwhile(text, values, known),
    });
  const within = (name: 'begin' | 'savepoint') => {
    const open = Reflect.get(client, name) as (...given: unknown[]) => unknown;
    return (...given: unknown[]) => {
      const run = given.pop() as Scope;
      return open(...given, (inner: postgres.TransactionSql) => run(preparing(inner, known)));
    };
  };
  return new Proxy(client, {
    get(target, name) {
      if (name === 'unsafe') return unsafe;
      if (name === 'begin' || name === 'savepoint') return within(name);
      return Reflect.get(target, name) as unknown;
    },
  });
}

function isWorthwhile(text: string, values: Values, known: Set<string>): boolean {
  if (values === undefined || values.length === 0 || values.length > MOST_VALUES) return false;
  if (known.size < MOST) known.add(text);
  return known.has(text);
}
