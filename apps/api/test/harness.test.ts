import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from './harness.ts';

describe('the guards of the database', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world.close());

  it('lets nobody rewrite the audit, not even its owner', async () => {
    await world.db.execute(
      sql`insert into audit_event (at, actor, actor_role, action, outcome) values (now(), 'system:test', 'system', 'test', 'done')`,
    );
    const message = async (attempt: Promise<unknown>) =>
      attempt.then(
        () => 'done',
        (error: { cause?: Error }) => String(error.cause?.message),
      );
    expect(await message(world.db.execute(sql`delete from audit_event`))).toMatch(/permission denied/);
    expect(await message(world.db.execute(sql`update audit_event set actor = 'x'`))).toMatch(
      /permission denied/,
    );
    expect(await message(world.owner.execute(sql`delete from audit_event`))).toMatch(/written once/);
  });

  it('does not let the application delete a booking or change tables', async () => {
    const message = async (attempt: Promise<unknown>) =>
      attempt.then(
        () => 'done',
        (error: { cause?: Error }) => String(error.cause?.message),
      );
    expect(await message(world.db.execute(sql`delete from booking`))).toMatch(/permission denied/);
    expect(await message(world.db.execute(sql`alter table booking add column x int`))).toMatch(
      /must be owner/,
    );
    expect(await message(world.db.execute(sql`create table x (id int)`))).toMatch(/permission denied/);
  });
});
