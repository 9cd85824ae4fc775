import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setTimeout as pause } from 'node:timers/promises';
import { impossibleThings, nothingImpossible } from './crowd-facts.ts';
import { startCrowdService } from './crowd-service.ts';

const PEOPLE = 1000;

describe('a storm on one day', () => {
  let world: Awaited<ReturnType<typeof startCrowdService>>;
  beforeAll(async () => {
    world = await startCrowdService(
      'storm',
      { people: PEOPLE, departments: 1, days: 12, placesPerStart: 1 },
      { apis: 2, workers: 1 },
    );
  }, 120_000);
  afterAll(() => world?.close(), 60_000);

  it('EQ-10, EQ-13: 1,000 people want the five times of one day; five get them, everybody else hears the nearest free times', async () => {
    const { crowd, client, sql } = world;
    const day = crowd.days[0] ?? '';
    const answers = await Promise.all(
      crowd.members.map((member, index) =>
        client(member, index).queue.bookPlace.mutate({
          formId: member.formId,
          day,
          startsAt: crowd.startTimes[index % 5] ?? '09:00',
          requestKey: crypto.randomUUID(),
        }),
      ),
    );
    const winners = answers.filter((answer) => answer.ok);
    const losers = answers.filter((answer) => !answer.ok);
    expect(winners).toHaveLength(5);
    expect(new Set(winners.map((winner) => winner.startsAt))).toEqual(new Set(crowd.startTimes));
    expect(new Set(winners.map((winner) => winner.ticketNo)).size).toBe(5);
    expect(losers).toHaveLength(PEOPLE - 5);
    for (const loser of losers) {
      expect(loser.refusal).toBe('time-taken');
      expect(loser.nearest).toHaveLength(3);
    }

    const [counts] = await sql<{ bookings: number; taken: number; messages: number; audit: number }[]>`
      select (select count(*) from booking)::int as bookings,
             (select count(*) from place where booking_id is not null)::int as taken,
             (select count(*) from message where once_key like '%:at-once')::int as messages,
             (select count(*) from audit_event where action = 'queue.bookPlace' and outcome = 'done')::int as audit`;
    expect(counts).toEqual({ bookings: 5, taken: 5, messages: 5, audit: 5 });
  }, 120_000);

  it('EQ-10: a person who saves the same booking fifty times at once through both processes has one booking', async () => {
    const { crowd, client, sql } = world;
    const [busy] = await sql<{ form_id: string }[]>`select form_id from booking limit 1`;
    const member = crowd.members.find((one) => one.formId !== busy?.form_id);
    if (!member) throw new Error('nobody left');
    const wish = {
      formId: member.formId,
      day: crowd.days[5] ?? '',
      startsAt: '11:00',
      requestKey: crypto.randomUUID(),
    };
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => client(member, index).queue.bookPlace.mutate(wish)),
    );
    const ids = new Set(answers.map((answer) => (answer.ok ? answer.bookingId : answer.refusal)));
    expect(ids.size).toBe(1);
    const rows = await sql`select id from booking where form_id = ${member.formId}`;
    expect(rows).toHaveLength(1);
    expect([...ids]).toEqual([rows[0]?.id]);
  }, 60_000);

  /** People without a booking, who ask one process or the other in turn. */
  async function idle(count: number) {
    const { crowd, client, sql } = world;
    const holding = await sql<{ form: string }[]>`select form_id as form from booking where state = 'booked'`;
    const busy = new Set(holding.map(({ form }) => form));
    const waiting = await sql<{ form: string }[]>`select form_id as form from wait_entry`;
    for (const { form } of waiting) busy.add(form);
    const people = crowd.members.filter(({ formId }) => !busy.has(formId)).slice(0, count);
    if (people.length < count) throw new Error('The crowd is used up; make it larger');
    return people.map((member, index) => ({
      ...member,
      ask: client(member, index),
      askElsewhere: client(member, index + 1),
    }));
  }
  /** Places of days that nobody has. */
  async function freePlaces(days: readonly string[]) {
    return world.sql<{ day: string; startsAt: string }[]>`
      select day::text as day, left(starts_at::text, 5) as "startsAt" from place
       where day = any(${days as string[]}::date[]) and booking_id is null and held_for_form is null order by day, starts_at`;
  }
  async function bookAll(days: readonly string[], count?: number) {
    const places = (await freePlaces(days)).slice(0, count);
    const people = await idle(places.length);
    return Promise.all(
      places.map(async (place, index) => {
        const person = people[index];
        if (!person) throw new Error('nobody left');
        const answer = await person.ask.queue.bookPlace.mutate({
          formId: person.formId,
          ...place,
          requestKey: crypto.randomUUID(),
        });
        if (!answer.ok) throw new Error(answer.refusal);
        return { ...person, bookingId: answer.bookingId };
      }),
    );
  }

  it('EQ-10, EQ-12, EQ-13: forty people, each with two devices, move to the five times of one day at once; five arrive, everybody else keeps what they have', async () => {
    const { crowd, sql } = world;
    const day = crowd.days[10] ?? '';
    const movers = await bookAll(crowd.days.slice(1, 10), 40);
    const answers = await Promise.all(
      movers.flatMap((mover, index) =>
        [mover.ask, mover.askElsewhere].map((device, which) =>
          device.queue.moveBooking.mutate({
            bookingId: mover.bookingId,
            day,
            startsAt: crowd.startTimes[(index + which) % 5] ?? '',
            requestKey: crypto.randomUUID(),
          }),
        ),
      ),
    );
    const moved = answers.filter((answer) => answer.ok);
    expect(moved).toHaveLength(5);
    const refusals = new Set(answers.flatMap((answer) => (answer.ok ? [] : [answer.refusal])));
    refusals.delete('time-taken');
    refusals.delete('already-ended');
    expect([...refusals]).toEqual([]);
    const live = await sql<{ form: string; day: string }[]>`
      select form_id as form, day::text as day from booking where state = 'booked' and form_id = any(${movers.map(({ formId }) => formId)}::uuid[])`;
    expect(live).toHaveLength(40);
    expect(new Set(live.map(({ form }) => form)).size).toBe(40);
    expect(live.filter((booking) => booking.day === day)).toHaveLength(5);
    const facts = await impossibleThings(sql);
    expect(facts).toEqual(nothingImpossible(facts));
  }, 60_000);

  it('EQ-09, EQ-12, EQ-13: a full span is waited for by 120; what is given up by cancelling and moving goes to who asked first, each place to one, and nobody slips in between', async () => {
    const { crowd, sql } = world;
    const span = crowd.days.slice(6, 9);
    await bookAll(span);
    const [from = '', , until = ''] = span;
    const waiters = await idle(120);
    const asked = await Promise.all(
      waiters.map(({ ask, formId }) => ask.waitList.subscribe.mutate({ formId, from, until })),
    );
    expect(asked.filter((answer) => !answer.ok)).toEqual([]);

    // Everybody of the span goes at once: five move away, the rest cancel.
    const holding = await sql<{ id: string; form: string }[]>`
      select id, form_id as form from booking where state = 'booked' and day = any(${span}::date[]) order by day, starts_at`;
    expect(holding).toHaveLength(15);
    const outsiders = await idle(15);
    const stands = (form: string) => {
      const index = crowd.members.findIndex((member) => member.formId === form);
      const member = crowd.members[index];
      if (!member) throw new Error('A booking of nobody');
      return world.client(member, index);
    };
    const places = await sql<{ day: string; startsAt: string }[]>`
      select day::text as day, left(starts_at::text, 5) as "startsAt" from place where day = any(${span}::date[]) order by day, starts_at`;
    const [gone, intruded] = await Promise.all([
      Promise.all(
        holding.map(({ id, form }, index) =>
          index % 3 === 0
            ? stands(form).queue.moveBooking.mutate({
                bookingId: id,
                day: crowd.days[11] ?? '',
                startsAt: crowd.startTimes[index / 3] ?? '',
                requestKey: crypto.randomUUID(),
              })
            : stands(form).queue.cancelBooking.mutate({ bookingId: id }),
        ),
      ),
      // Meanwhile others try to book the very places.
      Promise.all(
        outsiders.map(({ ask, formId }, index) =>
          ask.queue.bookPlace.mutate({
            formId,
            ...(places[index] ?? { day: from, startsAt: '09:00' }),
            requestKey: crypto.randomUUID(),
          }),
        ),
      ),
    ]);
    expect(gone.filter((answer) => !answer.ok)).toEqual([]);
    expect(intruded.filter((answer) => answer.ok)).toEqual([]);

    const offers = () => sql<{ form: string; offer: string }[]>`
      select e.form_id as form, o.id as offer from wait_offer o join wait_entry e on e.id = o.entry_id where o.state = 'open' order by e.created_at, e.id`;
    for (const deadline = performance.now() + 20_000; performance.now() < deadline; await pause(200))
      if ((await offers()).length === 15) break;
    const made = await offers();
    const first = await sql<{ form: string }[]>`
      select form_id as form from wait_entry where state in ('waiting', 'offered') order by created_at, id limit 15`;
    expect(made.map(({ form }) => form)).toEqual(first.map(({ form }) => form));
    let facts = await impossibleThings(sql);
    expect(facts).toEqual(nothingImpossible(facts));

    // Each answers four times at once through both processes; three say no, and their places go on.
    const answered = await Promise.all(
      made.map(async ({ form, offer }, index) => {
        const person = waiters.find(({ formId }) => formId === form);
        if (!person) throw new Error('An offer to nobody');
        if (index < 3) {
          const answer = await person.ask.waitList.decline.mutate({ offerId: offer });
          return answer.ok ? 'declined' : answer.refusal;
        }
        const requestKey = crypto.randomUUID();
        const answers = await Promise.all(
          [person.ask, person.askElsewhere, person.ask, person.askElsewhere].map((ask) =>
            ask.waitList.accept.mutate({ offerId: offer, requestKey }),
          ),
        );
        const ids = new Set(answers.map((answer) => (answer.ok ? answer.bookingId : answer.refusal)));
        return ids.size === 1 && answers[0]?.ok ? 'booked' : [...ids].join();
      }),
    );
    expect(answered).toEqual([...Array<string>(3).fill('declined'), ...Array<string>(12).fill('booked')]);
    for (const deadline = performance.now() + 20_000; performance.now() < deadline; await pause(200))
      if ((await offers()).length === 3) break;
    expect(await offers()).toHaveLength(3);
    facts = await impossibleThings(sql);
    expect(facts).toEqual(nothingImpossible(facts));
  }, 90_000);
});
