import { cases, conclusions, messages } from '@mse/db/schema';
import { CASE_STATES } from '@mse/domain/examination';
import { EXPERT_KINDS } from '@mse/domain/policies';
import { eq, isNull } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startWorld, type World } from '../../../test/harness.ts';
import { addExpert } from '../../../test/panel.ts';
import { makeDemoCases } from './make-cases.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ now: '2026-11-26T11:20' });
  const groups = ['oncology', 'tuberculosis', 'paralysis', 'down-syndrome'];
  for (const kind of EXPERT_KINDS)
    for (let index = 0; index < 8; index += 1)
      await addExpert(world, kind, index % 2 ? '35' : '75', { groups });
  for (let index = 0; index < 75; index += 1) await world.person();
});
afterAll(() => world.close());

it('PX-39: the demonstration has a case in every state but the first, made once, and nothing of it is missing', async () => {
  const done = await world.person();
  const cast = new Map([['citizen-remote-done', done.iin]]);
  expect(await makeDemoCases(world.deps, cast)).toBeGreaterThan(50);
  expect(await makeDemoCases(world.deps)).toBe(0);
  const rows = await world.db.select().from(cases);
  expect(rows.filter(({ personId }) => personId === done.id)).toMatchObject([{ state: 'concluded' }]);
  const states = new Set(rows.map(({ state }) => state));
  expect(CASE_STATES.filter((state) => !states.has(state))).toEqual(['accepted']);
  const ended = rows.filter(({ endedAt }) => endedAt !== null);
  expect(ended.every(({ state }) => /^(concluded|closed)/.test(state))).toBe(true);
  expect(await world.db.$count(conclusions)).toBe(15);
  expect(await world.db.$count(messages, eq(messages.template, 'm-02'))).toBe(2);
  expect(await world.db.$count(cases, isNull(cases.dueAt))).toBeLessThanOrEqual(
    rows.filter(({ state, track }) => state === 'held' || track === 'special').length,
  );
}, 120_000);
