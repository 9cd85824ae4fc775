import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { impossibleThings, nothingImpossible } from './crowd-facts.ts';
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

  it('EQ-09, EQ-12, EQ-13: power cuts while people cancel, move and answer offers: nothing acknowledged is lost, and a freed place is offered to one at a time', async () => {
    const { service, crowd, client, sql } = world;
    // The last day is small, so that it can be full: one place for each start time of each department.
    const day = crowd.days.at(-1) ?? '';
    const away = crowd.days.at(-2) ?? '';
    await sql`delete from place where day = ${day}::date and place_no > 1 and booking_id is null`;
    const busy = new Set(
      (await sql<{ form: string }[]>`select form_id as form from booking`).map(({ form }) => form),
    );
    const fresh = crowd.members.filter(({ formId }) => !busy.has(formId));
    const places = await sql<{ department: string; startsAt: string }[]>`
      select department_id as department, left(starts_at::text, 5) as "startsAt" from place
       where day = ${day}::date and booking_id is null order by department_id, starts_at`;
    const take = (department: string) => {
      const index = fresh.findIndex(({ departmentId }) => departmentId === department);
      const [member] = index < 0 ? [] : fresh.splice(index, 1);
      if (!member) throw new Error('The crowd is used up; make it larger');
      return member;
    };
    type Member = ReturnType<typeof take>;
    /** Asks again until there is an answer, of whichever process lives. */
    let failures = 0;
    const patiently = async <Answer>(
      member: Member,
      ask: (of: ReturnType<typeof client>) => Promise<Answer>,
    ): Promise<Answer> => {
      for (let attempt = 0; ; attempt += 1) {
        try {
          return await ask(client(member, attempt));
        } catch (error) {
          failures += 1;
          if (attempt > 400) throw error;
          await pause(100);
        }
      }
    };
    const holders: { member: Member; bookingId: string }[] = [];
    const waiters: Member[] = [];
    for (const { department, startsAt } of places) {
      const member = take(department);
      const answer = await client(member, 0).queue.bookPlace.mutate({
        formId: member.formId,
        day,
        startsAt,
        requestKey: crypto.randomUUID(),
      });
      if (!answer.ok) throw new Error(answer.refusal);
      holders.push({ member, bookingId: answer.bookingId });
      for (let count = 0; count < 2; count += 1) waiters.push(take(department));
    }
    const full = await Promise.all(
      waiters.map((member, index) =>
        client(member, index).waitList.subscribe.mutate({ formId: member.formId, from: day, until: day }),
      ),
    );
    expect(full.filter((answer) => !answer.ok)).toEqual([]);

    let over = false;
    const ended = new Map<string, 'cancelled' | 'moved'>();
    const accepted = new Map<string, string>();
    const giveUp = async () => {
      for (const [index, { member, bookingId }] of holders.entries()) {
        const requestKey = crypto.randomUUID();
        const answer = await patiently<{ ok: boolean; refusal?: string }>(member, (ask) =>
          index % 2 === 0
            ? ask.queue.cancelBooking.mutate({ bookingId })
            : ask.queue.moveBooking.mutate({
                bookingId,
                day: away,
                startsAt: crowd.startTimes[index % 5] ?? '',
                requestKey,
              }),
        );
        // A second answer to what was done before the cut says that it is done.
        if (answer.ok || answer.refusal === 'already-ended')
          ended.set(bookingId, index % 2 === 0 ? 'cancelled' : 'moved');
        await pause(60);
      }
    };
    const answerOffers = async (member: Member, index: number) => {
      const requestKey = crypto.randomUUID();
      let declined = false;
      while (!over && !accepted.has(member.formId)) {
        const { waits } = await patiently(member, (ask) => ask.waitList.mine.query());
        const offer = waits[0]?.offer;
        if (offer && index % 10 === 0 && !declined) {
          await patiently(member, (ask) => ask.waitList.decline.mutate({ offerId: offer.id }));
          declined = true;
        } else if (offer) {
          const answer = await patiently(member, (ask) =>
            ask.waitList.accept.mutate({ offerId: offer.id, requestKey }),
          );
          if (answer.ok) accepted.set(member.formId, answer.bookingId);
        }
        await pause(1000);
      }
    };
    const work = Promise.all([giveUp(), ...waiters.map(answerOffers)]);
    for (const name of ['api', 'worker', 'api-2', 'worker-2']) {
      await pause(600);
      await service.process(name).kill9();
      await pause(200);
      await service.process(name).restart();
    }
    await service.postgres?.kill9();
    await pause(300);
    await service.postgres?.start();
    for (const deadline = performance.now() + 60_000; performance.now() < deadline; await pause(500))
      if (accepted.size >= ended.size && ended.size === holders.length) break;
    over = true;
    await work;

    expect(failures).toBeGreaterThan(0);
    expect(ended.size).toBe(holders.length);
    const states = await sql<{ id: string; state: string }[]>`
      select id, state from booking where id = any(${[...ended.keys()]}::uuid[])`;
    expect(states.filter(({ id, state }) => ended.get(id) !== state)).toEqual([]);
    const taken = await sql<{ form: string; id: string }[]>`
      select b.form_id as form, b.id from booking b where b.state = 'booked' and b.day = ${day}::date`;
    const bookingOf = new Map(taken.map(({ form, id }) => [form, id]));
    for (const [form, bookingId] of accepted) expect(bookingOf.get(form)).toBe(bookingId);
    // Everything that was given up has gone to somebody who waited; more waited than there were places.
    const [all] = await sql<
      { count: number }[]
    >`select count(*)::int as count from place where day = ${day}::date`;
    expect(taken).toHaveLength(all?.count ?? 0);
    const facts = await impossibleThings(sql);
    expect(facts).toEqual(nothingImpossible(facts));
  }, 200_000);
});
