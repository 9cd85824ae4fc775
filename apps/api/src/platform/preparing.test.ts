import { persons } from '@mse/db/schema';
import { inArray, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '@mse/db';
import { startWorld, type World } from '../../test/harness.ts';

let world: World;
let own: ReturnType<typeof connect>;
beforeAll(async () => {
  world = await startWorld();
  own = connect({ url: world.databaseUrl, max: 1 });
});
afterAll(async () => {
  await own.close();
  await world.close();
});

/** Texts that the one connection holds prepared, and how often each was planned or run by its plan. */
const prepared = async (part: string) =>
  (
    await own.sql<{ runs: number }[]>`
      select (generic_plans + custom_plans)::int as runs from pg_prepared_statements where position(${part} in statement) > 0
         and position('pg_prepared_statements' in statement) = 0`
  ).map(({ runs }) => runs);
const some = (count: number) => Array.from({ length: count }, () => crypto.randomUUID());

describe('queries of Drizzle', () => {
  it('are prepared once in a connection, in transactions too, and answer the same', async () => {
    const ask = (executor: Pick<typeof own.db, 'select'>, ids: string[]) =>
      executor.select({ id: persons.id }).from(persons).where(inArray(persons.id, ids));
    for (let round = 0; round < 3; round += 1) expect(await ask(own.db, some(3))).toEqual([]);
    await own.db.transaction(async (tx) => {
      expect(await ask(tx, some(3))).toEqual([]);
      await tx.transaction(async (inner) => expect(await ask(inner, some(3))).toEqual([]));
    });
    expect(await prepared('from "person" where "person"."id" in ($1, $2, $3)')).toEqual([5]);
  });

  it('are not prepared where their text is another each time, or where there is no value', async () => {
    await own.db
      .select({ id: persons.id })
      .from(persons)
      .where(inArray(persons.id, some(60)));
    await own.db.execute(sql`select 'without a value'`);
    expect(await prepared('$60')).toEqual([]);
    expect(await prepared('without a value')).toEqual([]);
  });

  it('fail as before, and leave the connection usable', async () => {
    for (let round = 0; round < 2; round += 1)
      await expect(own.db.execute(sql`select ${'x'}::int`)).rejects.toThrow();
    await expect(
      own.db.transaction(async (tx) => {
        await tx.execute(sql`select ${1}::int`);
        await tx.execute(sql`select 1 / ${0}::int`);
      }),
    ).rejects.toThrow();
    expect([...(await own.db.execute(sql`select ${7}::int as seven`))]).toEqual([{ seven: 7 }]);
  });
});
