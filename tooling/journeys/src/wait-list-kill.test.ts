import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { impossibleThings, nothingImpossible } from './crowd-facts.ts';
import { startCrowdService } from './crowd-service.ts';

const DEPARTMENTS = 8;
/** People who wait for each place of the full day. */
const WAITING_PER_PLACE = 2;

describe('power cuts while freed places are offered', () => {
  let world: Awaited<ReturnType<typeof startCrowdService>>;
  beforeAll(async () => {
    world = await startCrowdService(
      'wait-list-kill',
      { people: 200, departments: DEPARTMENTS, days: 6, placesPerStart: 1 },
      { apis: 2, workers: 2 },
    );
  }, 120_000);
  afterAll(() => world?.close(), 60_000);

  it('EQ-09, EQ-12, EQ-13: kill -9 of API, worker and PostgreSQL while people cancel, move and answer offers: nothing acknowledged is lost, and a freed place is offered to one at a time', async () => {
    const { service, crowd, client, sql } = world;
    const [, , , day = '', away = ''] = crowd.days;
    const fresh = [...crowd.members];
    const places = await sql<{ department: string; startsAt: string }[]>`
      select department_id as department, left(starts_at::text, 5) as "startsAt" from place
       where day = ${day}::date order by department_id, starts_at`;
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
      for (let count = 0; count < WAITING_PER_PLACE; count += 1) waiters.push(take(department));
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
    expect(taken).toHaveLength(places.length);
    const facts = await impossibleThings(sql);
    expect(facts).toEqual(nothingImpossible(facts));
  }, 200_000);
});
