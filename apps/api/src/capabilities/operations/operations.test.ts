import { auditEvents, messages } from '@mse/db/schema';
import { startSimulators, type Simulators } from '@mse/simulators';
import { eq, sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startWorld, type World } from '../../../test/harness.ts';
import { HopelessJob } from '../../platform/jobs.ts';
import { startNotifications } from '../notifications/start-notifications.ts';

let simulators: Simulators;
let world: World;
let administrator: Awaited<ReturnType<World['signIn']>>;
const running: { stop(): Promise<void> }[] = [];

beforeAll(async () => {
  simulators = await startSimulators();
});
afterAll(() => simulators.close());
beforeEach(async () => {
  simulators.smsc.clear();
  world = await startWorld({ settings: { SMPP_URL: simulators.smppUrl, SMPP_PER_SECOND: 500 } });
  administrator = await world.signIn((await world.staff('portal-administrator')).id, { audience: 'staff' });
});
afterEach(async () => {
  for (const part of running.splice(0)) await part.stop();
  await world.close();
});

async function until<Value>(
  what: () => Promise<Value>,
  holds: (value: Value) => boolean,
  ms = 40_000,
): Promise<Value> {
  const end = performance.now() + ms;
  for (;;) {
    const value = await what();
    if (holds(value)) return value;
    if (performance.now() > end) throw new Error(`It did not come to pass: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
const letters = async () => (await administrator.client.operations.deadLetters()).letters;

async function smsOne(phone: string | null) {
  const person = await world.person({ phone });
  const at = world.clock.now();
  const [row] = await world.db
    .insert(messages)
    .values({
      id: world.random.id(at),
      personId: person.id,
      template: 'sms-1',
      language: 'kk',
      phone,
      onceKey: `test:${person.id}`,
      state: phone ? 'queued' : 'dead',
      createdAt: at,
      dueAt: at,
      stateAt: at,
    })
    .returning();
  if (!row) throw new Error('message not stored');
  return { person, message: row };
}

describe('dead letters', () => {
  it('EQ-06: a message without a number is a letter; once the person has a number it can be sent, and the audit says who did it', async () => {
    const { person, message } = await smsOne(null);
    expect(await letters()).toMatchObject([
      { id: `message:${message.id}`, queue: 'message', reason: 'no-number', subjectId: message.id },
    ]);
    await world.db.execute(sql`update person set phone = '+77011112233' where id = ${person.id}`);
    running.push(await startNotifications(world.deps, { relayEveryMs: 50 }));
    expect(await administrator.client.operations.retryDeadLetter({ id: `message:${message.id}` })).toEqual({
      ok: true,
    });
    await until(
      () => world.db.select().from(messages).where(eq(messages.id, message.id)),
      ([row]) => row?.state === 'delivered',
    );
    expect(simulators.smsc.messages('+77011112233')).toHaveLength(1);
    expect(await letters()).toEqual([]);
    expect(await administrator.client.operations.retryDeadLetter({ id: `message:${message.id}` })).toEqual({
      ok: false,
      refusal: 'not-found',
    });
    expect(await world.db.$count(auditEvents, eq(auditEvents.subject, `message:${message.id}`))).toBe(1);
  });

  it('T32: a poisoned job ends among the letters after five tries, holds up no other job, and can be done again', async () => {
    const poison = world.random.id(world.clock.now());
    const done: string[] = [];
    let cured = false;
    await world.deps.jobs.work('intake.recheck', ({ intakeMessageId }) => {
      if (intakeMessageId === poison && !cured) return Promise.reject(new Error('broken by 900101300123'));
      done.push(intakeMessageId);
      return Promise.resolve();
    });
    await world.deps.jobs.enqueue(world.db, 'intake.recheck', { intakeMessageId: poison });
    const others = Array.from({ length: 30 }, () => world.random.id(world.clock.now()));
    for (const intakeMessageId of others)
      await world.deps.jobs.enqueue(world.db, 'intake.recheck', { intakeMessageId });
    await until(
      () => Promise.resolve(done.length),
      (count) => count === 30,
      5000,
    );
    const [letter] = await until(letters, (all) => all.length > 0);
    expect(letter).toMatchObject({
      queue: 'intake.recheck',
      attempts: 5,
      reason: 'broken by •••',
      subjectId: poison,
    });
    cured = true;
    expect(await administrator.client.operations.retryDeadLetter({ id: letter?.id ?? '' })).toEqual({
      ok: true,
    });
    await until(() => Promise.resolve(done.includes(poison)), Boolean);
    expect(await letters()).toEqual([]);
  }, 60_000);

  it('T32: what can never succeed, and what carries something else than its kind, is a letter at once', async () => {
    await world.deps.jobs.work('intake.recheck', () =>
      Promise.reject(new HopelessJob('intake-message-not-found')),
    );
    await world.deps.jobs.enqueue(world.db, 'intake.recheck', {
      intakeMessageId: world.random.id(world.clock.now()),
    });
    await world.deps.jobs.enqueue(world.db, 'intake.recheck', { intakeMessageId: 'DROP TABLE' });
    const found = await until(letters, (all) => all.length === 2, 5000);
    expect(found.map((letter) => [letter.attempts, letter.reason]).sort()).toEqual([
      [1, 'intake-message-not-found'],
      [1, 'unreadable-data'],
    ]);
  });

  it('T32: a message whose job failed for good waits as one letter and is sent when a person tries again', async () => {
    const { message } = await smsOne('+77011112233');
    await world.db.execute(sql`update message set state = 'sending' where id = ${message.id}`);
    // What spoils a job does not matter here; somebody mends it before it is tried again.
    await world.deps.jobs.enqueue(world.db, 'sms.submit', { messageId: message.id });
    await world.db.execute(sql`update jobs.job set data = '{"messageId": 7}' where name = 'sms.submit'`);
    running.push(await startNotifications(world.deps, { relayEveryMs: 50, sweepEveryMs: 100 }));
    await until(
      () => world.db.select().from(messages).where(eq(messages.id, message.id)),
      ([row]) => row?.state === 'dead',
    );
    const [letter, ...more] = await letters();
    expect([letter?.queue, more]).toEqual(['sms.submit', []]);
    await world.db.execute(
      sql`update jobs.job set data = jsonb_build_object('messageId', ${message.id}::text) where name = 'dead'`,
    );
    expect(await administrator.client.operations.retryDeadLetter({ id: letter?.id ?? '' })).toEqual({
      ok: true,
    });
    await until(
      () => world.db.select().from(messages).where(eq(messages.id, message.id)),
      ([row]) => row?.state === 'delivered',
    );
    expect(await letters()).toEqual([]);
  });

  it('a citizen does not learn that letters exist', async () => {
    const citizen = await world.signIn((await world.person()).id);
    await expect(citizen.client.operations.deadLetters()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('health', () => {
  it('shows the parts with counts and without data of people', async () => {
    await smsOne('+77011112233');
    const health = await administrator.client.operations.health();
    expect(health.database).toMatchObject({ ok: true, version: expect.stringMatching(/^\d+/) as string });
    const queues = health.queues.map((queue) => queue.name);
    expect(queues).toEqual([...queues].sort());
    expect(queues).toEqual(
      expect.arrayContaining(['intake.recheck', 'mass-move.run', 'outbound.deliver', 'sms.submit']),
    );
    expect(health.messages).toEqual([{ state: 'queued', count: 1 }]);
    expect(JSON.stringify(health)).not.toContain('7701111');
  });
});
