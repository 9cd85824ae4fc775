import { bookings, messages, places, visits } from '@mse/db/schema';
import { HOLDING_STATES, isLate } from '@mse/domain/queue';
import { addMinutes, plainDate, plainTime } from '@mse/domain/shared';
import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DEPARTMENT_1, local, startWorld, type World } from '../../../test/harness.ts';
import { annulLate, lateBefore } from './annul-late.ts';
import { startQueueTimers } from './start-queue-timers.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());
beforeEach(() => world.clock.set('2026-11-23T08:40'));

const key = () => world.random.id(world.clock.now());
const nine = plainTime('09:00');
const ten = plainTime('10:00');

async function ready() {
  const person = await world.person();
  const form = await world.form(person.id);
  await world.consent(person.id);
  const { client } = await world.signIn(person.id);
  return { person, form, client };
}

async function booked(day: string, startsAt: string = nine) {
  const someone = await ready();
  const answer = await someone.client.queue.bookPlace({
    formId: someone.form.id,
    day,
    startsAt,
    accessNeeds: ['low-vision'],
    requestKey: key(),
  });
  if (!answer.ok) throw new Error(`${answer.refusal} ${day} ${startsAt}`);
  return { ...someone, bookingId: answer.bookingId, ticketNo: answer.ticketNo, day, startsAt };
}

/** Annuls what other tests left behind, so that a test counts only its own. */
const sweepBefore = (day: string) => annulLate(world.deps, local(`${day}T08:59`));
const stateOf = async (bookingId: string) =>
  (await world.db.select().from(bookings).where(eq(bookings.id, bookingId)))[0]?.state;
const messagesOf = (bookingId: string) =>
  world.db
    .select()
    .from(messages)
    .where(eq(messages.bookingId, bookingId))
    .orderBy(messages.dueAt, messages.template);
const isTaken = async (bookingId: string) =>
  (await world.db.select().from(places).where(eq(places.bookingId, bookingId))).length === 1;

describe('cancelling', () => {
  it('EQ-12: cancelling frees the place, expires the unsent reminder and sends SMS-3, all in one', async () => {
    const { client, bookingId, person } = await booked('2026-12-01');
    expect(await client.queue.cancelBooking({ bookingId, reason: 'ауырып қалдым' })).toEqual({ ok: true });
    expect(await isTaken(bookingId)).toBe(false);
    const [row] = await world.db.select().from(bookings).where(eq(bookings.id, bookingId));
    expect(row).toMatchObject({ state: 'cancelled', version: 1, cancelReason: 'ауырып қалдым' });
    const sent = await messagesOf(bookingId);
    expect(sent.map(({ template, state, phone }) => ({ template, state, phone }))).toEqual([
      { template: 'sms-2', state: 'queued', phone: person.phone },
      { template: 'sms-3', state: 'queued', phone: person.phone },
      { template: 'sms-2', state: 'expired', phone: person.phone },
    ]);
  });

  it('EQ-12: cancelling what is cancelled is a success without a second SMS-3, also twenty times at once', async () => {
    const { client, bookingId } = await booked('2026-12-01');
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => client.queue.cancelBooking({ bookingId })),
    );
    expect(answers.every((answer) => answer.ok)).toBe(true);
    expect((await messagesOf(bookingId)).filter(({ template }) => template === 'sms-3')).toHaveLength(1);
    const audit = await world.db.execute(
      sql`select id from audit_event where subject = ${`booking:${bookingId}`} and action = 'queue.cancelBooking'`,
    );
    expect(audit).toHaveLength(1);
  });

  it('EQ-12: until the start time a booking can be cancelled, from the start on it cannot', async () => {
    const { bookingId, person } = await booked('2026-11-24');
    world.clock.set('2026-11-24T08:59:59');
    const { client } = await world.signIn(person.id);
    expect((await client.queue.myBooking({ bookingId })).booking).toMatchObject({
      canCancel: true,
      canMove: true,
    });
    world.clock.set('2026-11-24T09:00:00');
    expect(await client.queue.cancelBooking({ bookingId })).toEqual({
      ok: false,
      refusal: 'already-started',
    });
    expect((await client.queue.myBooking({ bookingId })).booking).toMatchObject({
      canCancel: false,
      canMove: false,
    });
  });

  it('EQ-13: after a cancellation the form can be booked anew', async () => {
    const { client, bookingId, form } = await booked('2026-12-01');
    await client.queue.cancelBooking({ bookingId });
    expect(
      await client.queue.bookPlace({ formId: form.id, day: '2026-12-01', startsAt: ten, requestKey: key() }),
    ).toMatchObject({ ok: true });
  });
});

describe('moving', () => {
  it('C15, EQ-10, EQ-12: moving frees the old place and makes a booking with ticket and SMS-2 of its own', async () => {
    const { client, bookingId } = await booked('2026-12-02');
    const moved = await client.queue.moveBooking({
      bookingId,
      day: '2026-12-03',
      startsAt: ten,
      requestKey: key(),
    });
    if (!moved.ok) throw new Error(moved.refusal);
    expect(await isTaken(bookingId)).toBe(false);
    expect(await isTaken(moved.bookingId)).toBe(true);
    expect(await stateOf(bookingId)).toBe('moved');
    const [row] = await world.db.select().from(bookings).where(eq(bookings.id, moved.bookingId));
    expect(row).toMatchObject({ movedFrom: bookingId, accessNeeds: ['low-vision'], state: 'booked' });
    expect((await messagesOf(moved.bookingId)).map(({ template, state }) => `${template} ${state}`)).toEqual([
      'sms-2 queued',
      'sms-2 queued',
    ]);
    expect((await messagesOf(bookingId)).map(({ state }) => state)).toEqual(['queued', 'expired']);
    const { history } = await client.queue.myBooking({ bookingId: moved.bookingId });
    expect(history).toMatchObject([{ id: bookingId, state: 'moved' }]);
  });

  it('C15: when the new time is taken nothing changes and the three nearest times are offered', async () => {
    const other = await booked('2026-12-04', ten);
    const { client, bookingId } = await booked('2026-12-04', nine);
    const answer = await client.queue.moveBooking({
      bookingId,
      day: other.day,
      startsAt: other.startsAt,
      requestKey: key(),
    });
    expect(answer).toMatchObject({ ok: false, refusal: 'time-taken', nearest: { length: 3 } });
    expect(await stateOf(bookingId)).toBe('booked');
    expect(await isTaken(bookingId)).toBe(true);
    expect((await messagesOf(bookingId)).map(({ state }) => state)).toEqual(['queued', 'queued']);
  });

  it('C15: the same move sent thirty times at once makes one booking and equal answers', async () => {
    const { client, bookingId, form } = await booked('2026-12-07', nine);
    const wish = { bookingId, day: '2026-12-07', startsAt: ten, requestKey: key() };
    const answers = await Promise.all(Array.from({ length: 30 }, () => client.queue.moveBooking(wish)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.ok).toBe(true);
    expect(await world.db.select().from(bookings).where(eq(bookings.formId, form.id))).toHaveLength(2);
    expect(await client.queue.moveBooking({ ...wish, startsAt: '11:00' })).toMatchObject({
      ok: false,
      refusal: 'request-key-reused',
    });
  });

  it('C15: the same time, an ended booking and a time past are refused by name', async () => {
    const { client, bookingId } = await booked('2026-12-08', nine);
    const move = async (day: string, startsAt: string) => {
      const answer = await client.queue.moveBooking({ bookingId, day, startsAt, requestKey: key() });
      return answer.ok ? 'moved' : answer.refusal;
    };
    expect(await move('2026-12-08', '09:00')).toBe('same-time');
    expect(await move('2026-11-20', '09:00')).toBe('time-passed');
    expect(await move('2026-12-24', '09:00')).toBe('after-form-validity');
    await client.queue.cancelBooking({ bookingId });
    expect(await move('2026-12-08', '10:00')).toBe('already-ended');
  });

  it('C15: two people who swap their times at once never lose both and never hang', async () => {
    const [left, right] = [await booked('2026-12-09', nine), await booked('2026-12-09', ten)];
    await Promise.all([
      left.client.queue.moveBooking({
        bookingId: left.bookingId,
        day: right.day,
        startsAt: right.startsAt,
        requestKey: key(),
      }),
      right.client.queue.moveBooking({
        bookingId: right.bookingId,
        day: left.day,
        startsAt: left.startsAt,
        requestKey: key(),
      }),
    ]);
    for (const { form } of [left, right]) {
      const live = await world.db
        .select()
        .from(bookings)
        .where(and(eq(bookings.formId, form.id), eq(bookings.state, 'booked')));
      expect(live).toHaveLength(1);
    }
  });
});

describe('lateness', () => {
  it('EQ-14: arrival at +15:00 is in time, +15:01 is late, for the sweep as for the rule', () => {
    fc.assert(
      fc.property(fc.integer({ min: -2_000_000, max: 2_000_000 }), (offsetMs) => {
        const startsAt = local('2026-11-24T09:00');
        const at = new Date(addMinutes(startsAt, 15).getTime() + offsetMs);
        expect(startsAt < lateBefore(at)).toBe(isLate(startsAt, at));
      }),
    );
  });

  it('EQ-14: at +15:00 the booking holds, at +15:01 it is annulled with SMS-4, and its place stays taken', async () => {
    const { bookingId, person, form } = await booked('2026-11-25');
    await sweepBefore('2026-11-25');
    expect(await annulLate(world.deps, local('2026-11-25T09:15:00'))).toBe(0);
    expect(await annulLate(world.deps, new Date(local('2026-11-25T09:15:00').getTime() + 999))).toBe(0);
    expect(await annulLate(world.deps, local('2026-11-25T09:15:01'))).toBe(1);
    expect(await stateOf(bookingId)).toBe('annulled');
    expect(await isTaken(bookingId)).toBe(true);
    const sent = (await messagesOf(bookingId)).filter(({ template }) => template === 'sms-4');
    expect(sent).toMatchObject([
      {
        state: 'queued',
        phone: person.phone,
        language: 'kk',
        dueAt: local('2026-11-25T09:15:01'),
        expiresAt: local('2026-11-26T09:15:01'),
      },
    ]);
    const audit = await world.db.execute(
      sql`select actor, actor_role, outcome from audit_event where subject = ${`booking:${bookingId}`} and action = 'queue.annulLate'`,
    );
    expect(audit).toEqual([{ actor: 'system:worker', actor_role: 'system', outcome: 'done' }]);
    world.clock.set('2026-11-25T09:20');
    const later = await world.signIn(person.id);
    expect(await later.client.queue.myBooking({ bookingId })).toMatchObject({
      liveQueueToday: true,
      booking: { state: 'annulled', canCancel: false },
    });
    expect(await later.client.queue.cancelBooking({ bookingId })).toEqual({
      ok: false,
      refusal: 'already-ended',
    });
    // EQ-15: and may be booked again.
    expect(
      await later.client.queue.bookPlace({
        formId: form.id,
        day: '2026-11-25',
        startsAt: ten,
        requestKey: key(),
      }),
    ).toMatchObject({ ok: true });
  });

  it('EQ-14: several workers at once annul everybody once', async () => {
    const day = '2026-11-26';
    const all = await Promise.all(
      ['09:00', '10:00', '11:00', '12:00', '14:30'].map((startsAt) => booked(day, startsAt)),
    );
    await sweepBefore(day);
    const counts = await Promise.all(
      Array.from({ length: 6 }, () => annulLate(world.deps, local('2026-11-26T16:00'))),
    );
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(5);
    const sent = await world.db
      .select()
      .from(messages)
      .where(
        and(
          eq(messages.template, 'sms-4'),
          inArray(
            messages.bookingId,
            all.map(({ bookingId }) => bookingId),
          ),
        ),
      );
    expect(sent).toHaveLength(5);
  });

  it('EQ-14: whoever has arrived is not annulled, and the timer does it by the service clock', async () => {
    const [here, absent] = [await booked('2026-11-27', nine), await booked('2026-11-27', ten)];
    const clerk = await world.staff('clerk', DEPARTMENT_1);
    world.clock.set('2026-11-27T08:55');
    const desk = (await world.signIn(clerk.id, { audience: 'staff' })).client.desk;
    expect(await desk.markArrival({ bookingId: here.bookingId })).toMatchObject({ ok: true });
    const timers = await startQueueTimers(world.deps);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await stateOf(absent.bookingId)).toBe('booked');
    world.clock.set('2026-11-27T10:15:01');
    await expect.poll(() => stateOf(absent.bookingId), { timeout: 5000 }).toBe('annulled');
    await timers.stop();
    expect(await stateOf(here.bookingId)).toBe('arrived');
    expect(await world.db.select().from(visits).where(eq(visits.bookingId, here.bookingId))).toHaveLength(1);
  });
});

describe('everything at once', () => {
  it('EQ-10, EQ-13: however people book, move and cancel at once, no place is given twice and no form has two live bookings', async () => {
    const crowd = await startWorld({ placesPerStart: 2, seed: 7 });
    try {
      const people = await Promise.all(
        Array.from({ length: 8 }, async () => {
          const person = await crowd.person();
          const form = await crowd.form(person.id);
          await crowd.consent(person.id);
          return { form, client: (await crowd.signIn(person.id)).client };
        }),
      );
      const days = ['2026-11-24', '2026-11-25'];
      const starts = ['09:00', '10:00', '11:00'];
      const act = fc.record({
        who: fc.nat(7),
        what: fc.constantFrom('book', 'book', 'book', 'move', 'cancel'),
        day: fc.constantFrom(...days),
        startsAt: fc.constantFrom(...starts),
        twice: fc.boolean(),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(act, { minLength: 10, maxLength: 40 }), async (acts) => {
          await Promise.all(
            acts.map(async ({ who, what, day, startsAt, twice }) => {
              const actor = people[who];
              if (!actor) throw new Error('nobody acts');
              const { form, client } = actor;
              const requestKey = crowd.random.id(crowd.clock.now());
              const { bookingId } = await client.queue.eligibility({ formId: form.id });
              const once = async (): Promise<unknown> => {
                if (what === 'book')
                  return client.queue.bookPlace({ formId: form.id, day, startsAt, requestKey });
                if (!bookingId) return null;
                if (what === 'move')
                  return client.queue.moveBooking({ bookingId, day, startsAt, requestKey });
                return client.queue.cancelBooking({ bookingId });
              };
              await Promise.all(twice ? [once(), once()] : [once()]);
            }),
          );
          const live = await crowd.db
            .select()
            .from(bookings)
            .where(inArray(bookings.state, [...HOLDING_STATES]));
          expect(new Set(live.map(({ formId }) => formId)).size).toBe(live.length);
          expect(new Set(live.map(({ placeId }) => placeId)).size).toBe(live.length);
          const taken = await crowd.db.select().from(places).where(isNotNull(places.bookingId));
          expect(new Map(taken.map(({ id, bookingId }) => [id, bookingId]))).toEqual(
            new Map(live.map(({ id, placeId }) => [placeId, id])),
          );
          const numbers = await crowd.db.execute<{ n: number }>(
            sql`select 1 as n from booking group by department_id, day, ticket_no having count(*) > 1`,
          );
          expect(numbers).toHaveLength(0);
          const doubled = await crowd.db.execute(
            sql`select b.id from booking b where (select count(*) from message m where m.booking_id = b.id and m.template = 'sms-2' and m.due_at = m.created_at) <> 1`,
          );
          expect(doubled).toHaveLength(0);
        }),
        { numRuns: 12, seed: 20_261_123 },
      );
    } finally {
      await crowd.close();
    }
  }, 60_000);

  it('EQ-10: of sixty people for the ten places of a day exactly ten are booked and fifty are offered other times', async () => {
    const storm = await startWorld({ placesPerStart: 2, seed: 9 });
    try {
      const people = await Promise.all(
        Array.from({ length: 60 }, async () => {
          const person = await storm.person();
          const form = await storm.form(person.id);
          await storm.consent(person.id);
          return { form, client: (await storm.signIn(person.id)).client };
        }),
      );
      const day = plainDate('2026-12-01');
      const starts = ['09:00', '10:00', '11:00', '12:00', '14:30'];
      const answers = await Promise.all(
        people.map(({ client, form }, index) =>
          client.queue.bookPlace({
            formId: form.id,
            day,
            startsAt: starts[index % 5] ?? '09:00',
            requestKey: storm.random.id(storm.clock.now()),
          }),
        ),
      );
      expect(answers.filter((answer) => answer.ok)).toHaveLength(10);
      const lost = answers.flatMap((answer) => (answer.ok ? [] : [answer]));
      expect(lost.every((answer) => answer.refusal === 'time-taken' && answer.nearest.length === 3)).toBe(
        true,
      );
    } finally {
      await storm.close();
    }
  }, 60_000);
});
