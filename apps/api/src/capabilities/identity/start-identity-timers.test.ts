import { sessions, signInChallenges } from '@mse/db/schema';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type World, startWorld } from '../../../test/harness.ts';
import { answersSettled } from './after-answer.ts';
import { startIdentityTimers } from './start-identity-timers.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

/** One round of the clearing, as a starting worker does it. */
const clear = () => startIdentityTimers(world.deps).stop();
const counts = async () => [await world.db.$count(sessions), await world.db.$count(signInChallenges)];

test('T11: what has ended is cleared away, but not before nothing counts it', async () => {
  const person = await world.person();
  await world.client(null).identity.requestCode({ iin: person.iin, phone: '87010000001', language: 'kk' });
  await answersSettled(world.deps);
  await world.signIn(person.id);
  await clear();
  expect(await counts()).toEqual([1, 1]);
  world.clock.forward(31);
  await clear();
  expect(await counts()).toEqual([0, 1]);
  world.clock.forward(2 * 24 * 60);
  await clear();
  expect(await counts()).toEqual([0, 0]);
});
