import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type World, startWorld } from '../../test/harness.ts';
import { createLimits } from './limits.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

test('T11: a limit gives exactly its points, also to two processes that ask at once', async () => {
  const [one, other] = [createLimits(world.db), createLimits(world.db)];
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, index) => (index % 2 ? one : other).take('code-phone-hour', 'phone')),
  );
  expect(answers.filter((answer) => answer.ok)).toHaveLength(5);
  const refused = await one.take('code-phone-hour', 'phone');
  expect(refused).toEqual({ ok: false, retryAfterSeconds: expect.any(Number) });
  if (!refused.ok) {
    expect(refused.retryAfterSeconds).toBeGreaterThan(3500);
    expect(refused.retryAfterSeconds).toBeLessThanOrEqual(3600);
  }
});

test('T11: limits of one key and of another, of one name and of another, do not touch', async () => {
  const limits = createLimits(world.db);
  for (let each = 0; each < 6; each += 1) await limits.take('code-phone-hour', 'first');
  expect((await limits.take('code-phone-hour', 'first')).ok).toBe(false);
  expect((await limits.take('code-phone-hour', 'second')).ok).toBe(true);
  expect((await limits.take('code-phone-day', 'first')).ok).toBe(true);
});

test('T11: when the window is over the points are back', async () => {
  for (let each = 0; each < 6; each += 1) await createLimits(world.db).take('code-phone-hour', 'third');
  expect((await createLimits(world.db).take('code-phone-hour', 'third')).ok).toBe(false);
  await world.db.execute(sql`update rate_limit set expire = expire - interval '1 hour'`);
  // A process of its own: the one above remembers for itself that the key is closed.
  expect((await createLimits(world.db).take('code-phone-hour', 'third')).ok).toBe(true);
});
