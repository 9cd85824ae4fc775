import { sql } from 'drizzle-orm';
import { connect } from '@mse/db';
import { plainDate } from '@mse/domain/shared';
import { startPostgres } from '@mse/run/postgres';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from '../../test/harness.ts';
import { deskEvents } from '../capabilities/desk/desk.events.ts';
import { startLiveUpdates } from './live.ts';
import { createLog } from './log.ts';

const log = createLog('test', 'silent');
const department = '018f0000-0000-7000-8000-000000000001';
const other = '018f0000-0000-7000-8000-000000000002';
const day = plainDate('2026-11-23');

describe('live updates across processes', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world.close());

  it('K01: a change reaches every process that listens for the department, and no other department', async () => {
    const processes = await Promise.all([
      startLiveUpdates({ DATABASE_URL: world.databaseUrl }, log),
      startLiveUpdates({ DATABASE_URL: world.databaseUrl }, log),
    ]);
    const heard: string[] = [];
    processes.forEach((live, index) => {
      live.onDeskChange(department, (changed) => heard.push(`${index} ${changed}`));
      live.onDeskChange(other, () => heard.push('other department'));
    });
    await world.deps.live.deskChanged(world.db, department, day);
    await expect.poll(() => heard.sort()).toEqual([`0 ${day}`, `1 ${day}`]);
    await Promise.all(processes.map((live) => live.close()));
  });

  it('K01: a change that is rolled back is never told, one that commits is told after it', async () => {
    const heard: string[] = [];
    const end = world.deps.live.onDeskChange(department, (changed) => heard.push(String(changed)));
    await world.db
      .transaction(async (tx) => {
        await world.deps.live.deskChanged(tx, department, plainDate('2026-11-24'));
        tx.rollback();
      })
      .catch(() => undefined);
    await world.deps.live.deskChanged(world.db, department, day);
    await expect.poll(() => heard).toEqual([day]);
    end();
    await world.deps.live.deskChanged(world.db, department, day);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(heard).toEqual([day]);
  });

  it('K01: a listener that fails does not silence the others', async () => {
    const heard: string[] = [];
    const ends = [
      world.deps.live.onDeskChange(department, () => {
        throw new Error('broken stream');
      }),
      world.deps.live.onDeskChange(department, (changed) => heard.push(String(changed))),
    ];
    await world.deps.live.deskChanged(world.db, department, day);
    await expect.poll(() => heard).toEqual([day]);
    ends.forEach((end) => end());
  });

  it('K01: when the line alone is cut it comes back, and every listener is called once because something may be missed', async () => {
    const heard: (string | null)[] = [];
    const end = world.deps.live.onDeskChange(department, (changed) => heard.push(changed));
    await world.owner.execute(
      sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'saraptama-live' and datname = current_database()`,
    );
    await expect.poll(() => heard).toEqual([null]);
    expect(world.deps.live.connected()).toBe(true);
    await world.deps.live.deskChanged(world.db, department, day);
    await expect.poll(() => heard).toEqual([null, day]);
    end();
  });

  it('P1: a booking for another day tells nobody, one for today tells the desk', async () => {
    const heard: (string | null)[] = [];
    const book = async (on: string, startsAt: string) => {
      const person = await world.person();
      const form = await world.form(person.id);
      await world.consent(person.id);
      const { client } = await world.signIn(person.id);
      const answer = await client.queue.bookPlace({
        formId: form.id,
        day: on,
        startsAt,
        requestKey: world.random.id(world.clock.now()),
      });
      if (!answer.ok) throw new Error(answer.refusal);
      return { client, bookingId: answer.bookingId };
    };
    const end = world.deps.live.onDeskChange(department, (changed) => heard.push(changed));
    const ahead = await book('2026-11-25', '09:00');
    await ahead.client.queue.moveBooking({
      bookingId: ahead.bookingId,
      day: '2026-11-26',
      startsAt: '09:00',
      requestKey: world.random.id(world.clock.now()),
    });
    const today = await book(day, '11:00');
    await expect.poll(() => heard).toEqual([day]);
    await today.client.queue.cancelBooking({ bookingId: today.bookingId });
    await expect.poll(() => heard).toEqual([day, day]);
    end();
  });

  it('K01: the event stream tells a clerk of changes, ends with the session, and opens for nobody else', async () => {
    const clerk = await world.signIn((await world.staff('clerk', department)).id, { audience: 'staff' });
    const citizen = await world.signIn((await world.person()).id);
    const expert = await world.signIn((await world.staff('expert')).id, { audience: 'staff' });
    const events = deskEvents(world.deps, 300);
    const open = (token: string | null) =>
      events.request('/desk', token ? { headers: { authorization: `Bearer ${token}` } } : {});
    expect((await open(null)).status).toBe(401);
    expect((await open('made-up')).status).toBe(401);
    expect((await open(citizen.token)).status).toBe(404);
    expect((await open(expert.token)).status).toBe(404);

    const stream = await open(clerk.token);
    expect(stream.headers.get('content-type')).toContain('text/event-stream');
    const reader = (stream.body as ReadableStream<Uint8Array>).getReader();
    let text = '';
    const reading = (async () => {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        text += Buffer.from(value).toString();
      }
    })();
    const times = (event: string) => text.split(`event: ${event}\n`).length - 1;
    await expect.poll(() => times('desk')).toBe(1);
    await world.deps.live.deskChanged(world.db, department, plainDate('2026-11-24'));
    await expect.poll(() => text).toContain('event: desk\ndata: 2026-11-24\n');
    await world.deps.live.deskChanged(world.db, other, day);
    await clerk.client.identity.signOut();
    await expect.poll(() => times('end'), { timeout: 5000 }).toBe(1);
    await reading;
    expect(times('desk')).toBe(2);
  });
});

describe('when the database goes away', () => {
  it('K01: the line is known to be down while PostgreSQL is dead, and listeners are called when it is back', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'saraptama-live-'));
    const dataDir = join(folder, 'postgres');
    const server = await startPostgres({ dataDir, ephemeral: true, fast: true });
    const url = await server.createDatabase('live');
    const live = await startLiveUpdates({ DATABASE_URL: url }, log);
    const heard: (string | null)[] = [];
    live.onDeskChange(department, (changed) => heard.push(changed));
    expect(live.connected()).toBe(true);
    await server.kill9();
    await expect.poll(() => live.connected()).toBe(false);
    await server.start();
    await expect.poll(() => live.connected(), { timeout: 15_000 }).toBe(true);
    expect(heard).toEqual([null]);
    const plain = connect({ url, max: 1, role: null });
    await live.deskChanged(plain.db, department, day);
    await expect.poll(() => heard).toEqual([null, day]);
    await plain.close();
    await live.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  it('K01: a database that is away at the start is waited for', async () => {
    const live = await startLiveUpdates({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }, log);
    expect(live.connected()).toBe(false);
    await live.close();
  });
});
