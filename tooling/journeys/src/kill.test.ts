import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCrowdService } from './crowd-service.ts';

/** `KILL_ROUNDS` lets `npm run prove` repeat it for longer. */
const ROUNDS = Number(process.env.KILL_ROUNDS ?? 1);
const WRITERS = 16;

describe('power cuts while people book', () => {
  let world: Awaited<ReturnType<typeof startCrowdService>>;
  beforeAll(async () => {
    world = await startCrowdService(
      'kill',
      { people: 4000 * ROUNDS, departments: 10, days: 30, placesPerStart: 4 },
      { apis: 2, workers: 2 },
    );
  }, 120_000);
  afterAll(() => world?.close(), 60_000);

  it('EQ-06, EQ-10, EQ-13: kill -9 of API, worker and PostgreSQL loses nothing that was acknowledged, doubles nothing, and every message is accepted once', async () => {
    const { service, crowd, client, sql } = world;
    const acknowledged = new Map<string, { bookingId: string; ticketNo: string }>();
    const refusals = new Map<string, number>();
    let failures = 0;
    let next = 0;
    let over = false;

    const write = async (writer: number) => {
      for (;;) {
        const member = crowd.members[next++];
        if (over || !member) return;
        const wish = {
          formId: member.formId,
          day: crowd.days[(next * 7) % crowd.days.length] ?? '',
          startsAt: crowd.startTimes[next % 5] ?? '',
          requestKey: crypto.randomUUID(),
        };
        // In doubt means: ask again with the same key, of whichever process lives.
        for (let attempt = 0; ; attempt += 1) {
          try {
            const answer = await client(member, writer + attempt).queue.bookPlace.mutate(wish);
            if (answer.ok) acknowledged.set(member.formId, answer);
            else refusals.set(answer.refusal, (refusals.get(answer.refusal) ?? 0) + 1);
            break;
          } catch {
            failures += 1;
            if (attempt > 400) throw new Error('A booking got no answer for too long');
            await pause(100);
          }
        }
        await pause(20);
      }
    };
    const writers = Array.from({ length: WRITERS }, (_, writer) => write(writer));

    for (let round = 0; round < ROUNDS; round += 1) {
      for (const name of ['api', 'worker', 'api-2', 'worker-2']) {
        await pause(700);
        await service.process(name).kill9();
        await pause(300);
        await service.process(name).restart();
      }
      await pause(700);
      await service.postgres?.kill9();
      await pause(300);
      await service.postgres?.start();
      await pause(1500);
    }
    over = true;
    await Promise.all(writers);

    expect(failures).toBeGreaterThan(0);
    expect(acknowledged.size).toBeGreaterThan(30 * ROUNDS);
    expect([...refusals.keys()].every((refusal) => refusal === 'time-taken')).toBe(true);

    const bookings = await sql<
      { id: string; form_id: string; ticket_no: string; place_id: string; phone: string | null }[]
    >`
      select b.id, b.form_id, b.ticket_no, b.place_id, p.phone from booking b join person p on p.id = b.person_id where b.state = 'booked'`;
    const byForm = new Map(bookings.map((booking) => [booking.form_id, booking]));
    for (const [formId, answer] of acknowledged)
      expect(byForm.get(formId)).toMatchObject({ id: answer.bookingId, ticket_no: answer.ticketNo });
    expect(new Set(bookings.map((booking) => booking.place_id)).size).toBe(bookings.length);
    expect(byForm.size).toBe(bookings.length);
    const [facts] = await sql<{ places: number; messages: number; audit: number }[]>`
      select (select count(*) from place where booking_id is not null)::int as places,
             (select count(*) from message where once_key like '%:at-once')::int as messages,
             (select count(*) from audit_event where action = 'queue.bookPlace' and outcome = 'done')::int as audit`;
    expect(facts).toEqual({ places: bookings.length, messages: bookings.length, audit: bookings.length });

    // Everything that was in flight settles: unknown answers wait for their receipts, then every message is delivered.
    const unsettled = async () => {
      const [row] = await sql<{ count: number }[]>`
        select count(*)::int as count from message where once_key like '%:at-once' and state not in ('accepted', 'delivered')`;
      return row?.count ?? -1;
    };
    for (
      const deadline = performance.now() + 150_000;
      performance.now() < deadline && (await unsettled()) > 0;
    )
      await pause(500);
    expect(await unsettled()).toBe(0);

    const response = await fetch(`${service.simulators}/control/sms/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    const inbox = (await response.json()) as { messages: { to: string; text: string }[] };
    const told = inbox.messages.map((message) => message.to.replace(/\D/g, ''));
    const wanted = bookings.map((booking) => (booking.phone ?? '').replace(/\D/g, ''));
    expect(told.toSorted()).toEqual(wanted.toSorted());
  }, 400_000);
});
