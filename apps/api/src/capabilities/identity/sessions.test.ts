import { sessions, staffRoles } from '@mse/db/schema';
import { SESSION_POLICY } from '@mse/domain/identity';
import { plainDate } from '@mse/domain/shared';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type World, startWorld } from '../../../test/harness.ts';
import { present } from '../../../test/present.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const open = async (audience: 'citizen' | 'staff' = 'citizen') => {
  const person = await world.person();
  const opened = await world.deps.sessions.create({
    personId: person.id,
    audience,
    trust: 'signature',
    device: 'Firefox',
    at: world.clock.now(),
  });
  return { person, ...opened };
};
const validate = (token: string) => world.deps.sessions.validate(token, world.clock.now());

describe('T09: sessions', () => {
  test('T09: the table holds a hash, and the hash opens no door', async () => {
    const { token, session } = await open();
    const [row] = await world.db.select().from(sessions).where(eq(sessions.id, session.id));
    expect(JSON.stringify(row)).not.toContain(token);
    expect(row?.id).toMatch(/^[0-9a-f]{64}$/);
    expect(await validate(session.id)).toBeNull();
    expect(await validate(token)).toMatchObject({ id: session.id, device: 'Firefox' });
  });

  test('T09: every token is 256 bits of the source of chance, and none repeats', async () => {
    const made = new Set<string>();
    for (let round = 0; round < 50; round += 1) made.add((await open()).token);
    expect(made.size).toBe(50);
    for (const token of made) expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  });

  test.each(['citizen', 'staff'] as const)(
    'T09: a session of %s ends after its idle time, and use prolongs it',
    async (audience) => {
      const { token } = await open(audience);
      const idle = SESSION_POLICY[audience].idleMinutes;
      world.clock.forward(idle - 1);
      expect(await validate(token)).not.toBeNull();
      world.clock.forward(idle - 1);
      expect(await validate(token)).not.toBeNull();
      world.clock.forward(idle);
      expect(await validate(token)).toBeNull();
    },
  );

  test.each(['citizen', 'staff'] as const)(
    'T09: a session of %s ends at its total life however busy it is',
    async (audience) => {
      const { token } = await open(audience);
      const { totalMinutes } = SESSION_POLICY[audience];
      for (let minutes = 0; minutes + 10 < totalMinutes; minutes += 10) {
        world.clock.forward(10);
        expect(await validate(token)).not.toBeNull();
      }
      world.clock.forward(10);
      expect(await validate(token)).toBeNull();
    },
  );

  test('T09: use is written at most once a minute', async () => {
    const { token, session } = await open();
    const lastUse = async () =>
      (await world.db.select().from(sessions).where(eq(sessions.id, session.id)))[0]?.lastUsedAt;
    const before = await lastUse();
    world.clock.forward(0.9);
    await validate(token);
    expect(await lastUse()).toEqual(before);
    world.clock.forward(0.2);
    await validate(token);
    expect(await lastUse()).toEqual(world.clock.now());
  });

  test('T09: an ended session is dead at once, everywhere', async () => {
    const { token, session, person } = await open();
    expect(await world.deps.sessions.end(person.id, session.id)).toBe(true);
    expect(await validate(token)).toBeNull();
    await expect(world.client(token).identity.whoAmI()).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  });

  test('T09: nobody ends a session of somebody else', async () => {
    const mine = await open();
    const theirs = await open();
    expect(await world.deps.sessions.end(mine.person.id, theirs.session.id)).toBe(false);
    await expect(
      world.client(mine.token).identity.endSession({ id: theirs.session.id }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await validate(theirs.token)).not.toBeNull();
  });

  test('C30: the list shows own living sessions, newest first, and which one this is', async () => {
    const { token, person } = await open();
    world.clock.forward(1);
    const second = await world.signIn(person.id);
    await open();
    const list = await second.client.identity.listSessions();
    expect(list).toHaveLength(2);
    expect(list.map((each) => [each.current, each.trust])).toEqual([
      [true, 'sms'],
      [false, 'signature'],
    ]);
    await second.client.identity.endSession({ id: present(list[1]).id });
    expect(await validate(token)).toBeNull();
    expect(await second.client.identity.listSessions()).toHaveLength(1);
  });

  test('C30: ending all ends this session too; signing out ends this one alone', async () => {
    const { token, person } = await open();
    const other = await world.signIn(person.id);
    await other.client.identity.signOut();
    expect(await validate(other.token)).toBeNull();
    expect(await validate(token)).not.toBeNull();
    const third = await world.signIn(person.id);
    await third.client.identity.endAllSessions();
    expect(await validate(token)).toBeNull();
    expect(await validate(third.token)).toBeNull();
  });

  test('T09: a session opened in a transaction that fails was never there', async () => {
    const person = await world.person();
    let token = '';
    await expect(
      world.db.transaction(async (tx) => {
        const opened = await world.deps.sessions.within(tx).create({
          personId: person.id,
          audience: 'citizen',
          trust: 'sms',
          device: '',
          at: world.clock.now(),
        });
        token = opened.token;
        throw new Error('undo');
      }),
    ).rejects.toThrow('undo');
    expect(await validate(token)).toBeNull();
  });

  test('8.3.2: a role that ends today is gone at once from a living session', async () => {
    const clerk = await world.staff('clerk', null);
    const { client } = await world.signIn(clerk.id, { audience: 'staff' });
    expect((await client.identity.whoAmI()).roles).toEqual(['clerk']);
    await world.db
      .update(staffRoles)
      .set({ validUntil: plainDate('2026-01-01') })
      .where(eq(staffRoles.personId, clerk.id));
    await expect(client.identity.whoAmI()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
