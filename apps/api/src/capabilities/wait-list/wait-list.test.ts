import {
  bookings,
  businessTrips,
  consentEvents,
  messages,
  places,
  waitEntries,
  waitOffers,
} from '@mse/db/schema';
import { addMinutes, plainDate } from '@mse/domain/shared';
import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DEPARTMENT_1, startWorld, type World } from '../../../test/harness.ts';
import { present } from '../../../test/present.ts';
import { renderMessage } from '../notifications/render-message.ts';
import { acceptOffer } from './accept-offer.ts';
import { sweepWaitLists } from './start-wait-list-timers.ts';

const DAY = plainDate('2026-11-26');
const OTHER_DAY = plainDate('2026-11-27');
const span = { from: plainDate('2026-11-24'), until: plainDate('2026-11-30') };

let world: World;
beforeAll(async () => {
  world = await startWorld({ placesPerStart: 2, horizonDays: 30 });
});
afterAll(() => world.close());

/** Before each test everything is taken and nobody waits. */
beforeEach(async () => {
  world.clock.set('2026-11-23T10:00');
  await world.db
    .update(waitEntries)
    .set({ state: 'left' })
    .where(inArray(waitEntries.state, ['waiting', 'offered']));
  await world.db.update(waitOffers).set({ state: 'declined' }).where(eq(waitOffers.state, 'open'));
  await world.db.update(bookings).set({ state: 'cancelled' }).where(eq(bookings.state, 'booked'));
  await world.db.execute(
    sql`update place set booking_id = coalesce(booking_id, gen_random_uuid()), held_for_form = null, held_until = null`,
  );
});

/** Signs in anew after a pause: a session ends by itself. */
const back = async <Who extends Someone>(who: Who): Promise<Who> => ({
  ...who,
  ...(await world.signIn(who.person.id)),
});

const key = () => world.random.id(world.clock.now());

async function someone(changes: Parameters<World['person']>[0] = {}) {
  const person = await world.person(changes);
  const form = await world.form(person.id, { validUntil: plainDate('2026-12-20') });
  await world.consent(person.id);
  const { client, token } = await world.signIn(person.id);
  return { person, form, client, token };
}
type Someone = Awaited<ReturnType<typeof someone>>;

/** Frees one place as if its booking had never been; nobody is told. */
async function free(day = DAY, startsAt = '11:00', count = 1): Promise<void> {
  await world.db.execute(sql`
    update place set booking_id = null where id in (
      select id from place where department_id = ${DEPARTMENT_1}::uuid and day = ${day} and starts_at = ${startsAt}::time
         and booking_id is not null and not exists (select from booking b where b.place_id = place.id and b.state in ('booked', 'arrived', 'served'))
       order by place_no limit ${count})`);
}

async function booked(day = DAY, startsAt = '11:00') {
  const holder = await someone();
  await free(day, startsAt);
  const answer = await holder.client.queue.bookPlace({
    formId: holder.form.id,
    day,
    startsAt,
    requestKey: key(),
  });
  if (!answer.ok) throw new Error(answer.refusal);
  return { ...holder, bookingId: answer.bookingId };
}

/** Puts somebody on the list; who comes later is a minute younger there. */
async function waiting(
  wish: Partial<typeof span> & { times?: string[] } = {},
  changes: Parameters<World['person']>[0] = {},
) {
  const who = await someone(changes);
  const answer = await who.client.waitList.subscribe({ formId: who.form.id, ...span, ...wish });
  if (!answer.ok) throw new Error(answer.refusal);
  world.clock.forward(1);
  return { ...who, waitId: answer.waitId };
}

const offerOf = async (who: Pick<Someone, 'client'>) =>
  (await who.client.waitList.mine()).waits[0]?.offer ?? null;
const shownTo = async (who: Someone, day = DAY) =>
  (await who.client.queue.freeTimes({ formId: who.form.id, from: day, days: 1 })).days.flatMap(
    (each) => each.times,
  );
const sweep = () => sweepWaitLists(world.deps, world.clock.now());

describe('certain hours', () => {
  const hours = { times: ['09:00', '10:00'] };

  it('EQ-09: who wants certain hours may wait while others are free, and is offered none but these', async () => {
    await free(DAY, '14:30');
    const picky = await waiting(hours);
    const anyTime = await someone();
    expect(await anyTime.client.waitList.subscribe({ formId: anyTime.form.id, ...span })).toEqual({
      ok: false,
      refusal: 'times-are-free',
    });
    expect(await sweep()).toBe(0);
    expect(await offerOf(picky)).toBeNull();
    expect((await picky.client.waitList.mine()).waits[0]?.wantedTimes).toEqual(['09:00', '10:00']);
    await free(OTHER_DAY, '10:00');
    expect(await sweep()).toBe(1);
    expect(await offerOf(picky)).toMatchObject({ day: OTHER_DAY, startsAt: '10:00' });
  });

  it('EQ-09: while a wanted hour is free it is to be booked; other hours of those before do not count as ahead', async () => {
    await waiting({ ...hours, ...span });
    const afternoon = await waiting({ times: ['14:30'] });
    const whole = await waiting();
    const aheadOf = async (who: Someone) => (await who.client.waitList.mine()).waits[0]?.ahead;
    expect([await aheadOf(afternoon), await aheadOf(whole)]).toEqual([0, 2]);
    await free(DAY, '12:00');
    const late = await someone();
    expect(
      await late.client.waitList.subscribe({ formId: late.form.id, ...span, times: ['11:00', '12:00'] }),
    ).toEqual({ ok: false, refusal: 'times-are-free' });
    const { times, allFree, days } = await late.client.waitList.options({ formId: late.form.id });
    expect(times).toEqual(['09:00', '10:00', '11:00', '12:00', '14:30']);
    expect(allFree).toBe(false);
    expect(days.find(({ day }) => day === DAY)?.free).toBe(1);
  });
});

describe('getting on the list', () => {
  it('EQ-08, EQ-13: nobody waits twice, with a booking, or for days on which something is free', async () => {
    const who = await waiting();
    expect(await who.client.waitList.subscribe({ formId: who.form.id, ...span })).toEqual({
      ok: false,
      refusal: 'already-waiting',
    });
    const holder = await booked();
    expect(await holder.client.waitList.subscribe({ formId: holder.form.id, ...span })).toEqual({
      ok: false,
      refusal: 'already-booked',
    });
    await free(OTHER_DAY);
    await sweep();
    await free(plainDate('2026-12-03'));
    const another = await someone();
    const late = { from: plainDate('2026-12-02'), until: plainDate('2026-12-04') };
    expect(await another.client.waitList.subscribe({ formId: another.form.id, ...late })).toEqual({
      ok: false,
      refusal: 'times-are-free',
    });
  });

  it('EQ-08: the days of the department are shown with what is free on each', async () => {
    await free(DAY, '11:00', 2);
    const who = await someone();
    const { days, waiting: none } = await who.client.waitList.options({ formId: who.form.id });
    expect(none).toBeNull();
    expect(days.find((each) => each.day === DAY)).toEqual({ day: DAY, free: 2 });
    expect(days.find((each) => each.day === OTHER_DAY)).toEqual({ day: OTHER_DAY, free: 0 });
    expect(days.some((each) => each.day === '2026-11-28')).toBe(false);
  });

  it('EQ-07: a parent puts a child on the list, and a stranger sees nothing of it', async () => {
    const parent = await someone();
    const child = await world.person({ phone: null });
    const form = await world.form(child.id, { validUntil: plainDate('2026-12-20') });
    await world.guardian(parent.person, child);
    expect(await parent.client.waitList.subscribe({ formId: form.id, ...span })).toMatchObject({ ok: true });
    expect((await parent.client.waitList.mine()).waits).toMatchObject([
      { formId: form.id, self: false, ahead: 0 },
    ]);
    const stranger = await someone();
    expect((await stranger.client.waitList.mine()).waits).toEqual([]);
    const [entry] = await world.db.select().from(waitEntries).where(eq(waitEntries.formId, form.id));
    await expect(stranger.client.waitList.leave({ waitId: present(entry).id })).rejects.toThrow('not-found');
  });
});

describe('a place that becomes free', () => {
  it('EQ-09, EQ-12: when a booking is cancelled, the longest waiting is offered its time at once, in their language', async () => {
    const holder = await booked();
    const first = await waiting({}, { messageLanguage: 'ru' });
    const second = await waiting();
    expect(present((await second.client.waitList.mine()).waits[0]).ahead).toBe(1);
    await holder.client.queue.cancelBooking({ bookingId: holder.bookingId });
    expect(await offerOf(first)).toMatchObject({
      day: DAY,
      startsAt: '11:00',
      expiresAt: addMinutes(world.clock.now(), 120).toISOString(),
    });
    expect(await offerOf(second)).toBeNull();
    const [message] = await world.db
      .select()
      .from(messages)
      .where(and(eq(messages.personId, first.person.id), eq(messages.template, 'offer')));
    expect(message).toMatchObject({ language: 'ru', phone: first.person.phone, state: 'queued' });
    const rendered = await renderMessage(world.deps, world.db, present(message));
    expect(rendered.ok && rendered.text).toContain(
      'отдел МСЭ № 1, 26.11.26, 11:00. Мы держим его для Вас до 23.11.26, 12:02',
    );
  });

  it('EQ-09: what is held for somebody is shown and given to nobody else, and to them it is', async () => {
    const holder = await booked();
    const first = await waiting();
    await holder.client.queue.cancelBooking({ bookingId: holder.bookingId });
    const other = await someone();
    expect(await shownTo(other)).toEqual([]);
    expect(await shownTo(first)).toEqual([{ startsAt: '11:00', free: 1 }]);
    const wanted = { day: DAY, startsAt: '11:00' };
    expect((await other.client.queue.reviewBooking({ formId: other.form.id, ...wanted })).refusal).toBe(
      'time-taken',
    );
    expect((await first.client.queue.reviewBooking({ formId: first.form.id, ...wanted })).refusal).toBeNull();
    const refused = await other.client.queue.bookPlace({
      formId: other.form.id,
      ...wanted,
      requestKey: key(),
    });
    expect(refused).toEqual({ ok: false, refusal: 'time-taken', nearest: [] });
    const near = await other.client.queue.bookPlace({
      formId: other.form.id,
      day: DAY,
      startsAt: '12:00',
      requestKey: key(),
    });
    expect(near).toEqual({ ok: false, refusal: 'time-taken', nearest: [] });
    // A second place of the same start is free for all.
    await world.db.update(waitEntries).set({ state: 'left' }).where(eq(waitEntries.state, 'waiting'));
    await free();
    expect(await shownTo(other)).toEqual([{ startsAt: '11:00', free: 1 }]);
    expect(await shownTo(first)).toEqual([{ startsAt: '11:00', free: 2 }]);
  });

  it('EQ-10: accepting books the place; the waiting is over; the same press twice is one booking', async () => {
    const holder = await booked();
    const first = await waiting();
    await holder.client.queue.cancelBooking({ bookingId: holder.bookingId });
    const offer = present(await offerOf(first));
    const requestKey = key();
    const accept = () =>
      first.client.waitList.accept({ offerId: offer.id, requestKey, accessNeeds: ['wheelchair'] });
    const [one, two] = await Promise.all([accept(), accept()]);
    expect(one).toMatchObject({ ok: true, day: DAY, startsAt: '11:00' });
    expect(two).toEqual(one);
    const made = await world.db.select().from(bookings).where(eq(bookings.formId, first.form.id));
    expect(made).toMatchObject([{ state: 'booked', accessNeeds: ['wheelchair'] }]);
    expect((await first.client.waitList.mine()).waits).toEqual([]);
    const [kept] = await world.db.select().from(waitOffers).where(eq(waitOffers.id, offer.id));
    expect(kept?.state).toBe('taken');
    const [place] = await world.db
      .select()
      .from(places)
      .where(eq(places.id, present(kept).placeId));
    expect(place).toMatchObject({ heldForForm: null, heldUntil: null, bookingId: present(made[0]).id });
  });

  it('EQ-09: declined, it goes to the next at once; declined by all, it is free for all', async () => {
    const holder = await booked();
    const first = await waiting();
    const second = await waiting();
    await holder.client.queue.cancelBooking({ bookingId: holder.bookingId });
    const decline = async (who: Someone) =>
      who.client.waitList.decline({ offerId: present(await offerOf(who)).id });
    expect(await decline(first)).toEqual({ ok: true });
    expect(await offerOf(first)).toBeNull();
    expect(await offerOf(second)).toMatchObject({ day: DAY, startsAt: '11:00' });
    const other = await someone();
    expect(await shownTo(other)).toEqual([]);
    expect(await decline(second)).toEqual({ ok: true });
    expect(await shownTo(other)).toEqual([{ startsAt: '11:00', free: 1 }]);
    expect(await sweep()).toBe(0);
    // Both go on waiting for another time, in the old order.
    await free(OTHER_DAY);
    await sweep();
    expect(await offerOf(first)).toMatchObject({ day: OTHER_DAY });
  });

  it('EQ-09: not answered in time, it goes to the next, then it is free for all', async () => {
    const holder = await booked();
    const first = await waiting();
    const second = await waiting();
    await holder.client.queue.cancelBooking({ bookingId: holder.bookingId });
    const offer = present(await offerOf(first));
    world.clock.forward(120);
    expect(
      await (await back(first)).client.waitList.accept({ offerId: offer.id, requestKey: key() }),
    ).toEqual({
      ok: false,
      refusal: 'offer-ended',
    });
    const other = await someone();
    expect(await shownTo(other), 'between end and sweep it is still nobody else’s').toEqual([]);
    expect(await sweep()).toBe(1);
    expect(await offerOf(await back(second))).toMatchObject({ day: DAY });
    const [message] = await world.db
      .select()
      .from(messages)
      .where(and(eq(messages.personId, first.person.id), eq(messages.template, 'offer')));
    expect(await renderMessage(world.deps, world.db, present(message))).toEqual({
      ok: false,
      refusal: 'offer-ended',
    });
    world.clock.forward(121);
    expect(await sweep()).toBe(0);
    expect(await shownTo(await back(other))).toEqual([{ startsAt: '11:00', free: 1 }]);
  });

  it('EQ-09: even with no worker a held place is free for all some minutes after its offer ended', async () => {
    const holder = await booked();
    await waiting();
    await holder.client.queue.cancelBooking({ bookingId: holder.bookingId });
    world.clock.forward(126);
    const other = await someone();
    expect(await shownTo(other)).toEqual([{ startsAt: '11:00', free: 1 }]);
    expect(
      await other.client.queue.bookPlace({
        formId: other.form.id,
        day: DAY,
        startsAt: '11:00',
        requestKey: key(),
      }),
    ).toMatchObject({ ok: true });
    await sweep();
    const [open] = await world.db.select().from(waitOffers).where(eq(waitOffers.state, 'open'));
    expect(open).toBeUndefined();
  });

  it('EQ-12: when a booking is moved, its old time is offered', async () => {
    const holder = await booked();
    const first = await waiting({ from: DAY, until: DAY });
    await free(plainDate('2026-12-07'), '12:00');
    const moved = await holder.client.queue.moveBooking({
      bookingId: holder.bookingId,
      day: '2026-12-07',
      startsAt: '12:00',
      requestKey: key(),
    });
    expect(moved.ok).toBe(true);
    expect(await offerOf(first)).toMatchObject({ day: DAY, startsAt: '11:00' });
  });

  it('EQ-03: places of a closure taken back or of a new schedule are found by the worker and offered in order', async () => {
    const first = await waiting();
    const second = await waiting();
    const third = await waiting({ until: plainDate('2026-11-25') });
    await free(DAY, '11:00', 2);
    await free(DAY, '12:00', 1);
    expect(await sweep()).toBe(2);
    expect(await offerOf(first)).toMatchObject({ startsAt: '11:00' });
    expect(await offerOf(second)).toMatchObject({ startsAt: '11:00' });
    expect(await offerOf(third)).toBeNull();
    expect(await sweep()).toBe(0);
    expect(await shownTo(await someone())).toEqual([{ startsAt: '12:00', free: 1 }]);
  });

  it('EQ-03: when the offered day is closed, the offer ends and the person goes on waiting for another', async () => {
    const who = await waiting();
    await free();
    await sweep();
    const { id } = present(await offerOf(who));
    const closureId = world.random.id(world.clock.now());
    await world.db
      .insert(businessTrips)
      .values({ id: closureId, departmentId: DEPARTMENT_1, from: DAY, until: DAY, reason: 'trip' });
    await world.db
      .update(places)
      .set({ closedByTrip: closureId })
      .where(and(eq(places.departmentId, DEPARTMENT_1), eq(places.day, DAY)));
    expect(await who.client.waitList.accept({ offerId: id, requestKey: key() })).toEqual({
      ok: false,
      refusal: 'time-taken',
    });
    await free(OTHER_DAY);
    await sweep();
    expect(await offerOf(who)).toMatchObject({ day: OTHER_DAY });
    await world.db.update(places).set({ closedByTrip: null }).where(eq(places.closedByTrip, closureId));
  });

  it('EQ-09: by night the place is kept, and the message waits until the morning', async () => {
    const holder = await booked();
    const first = await waiting();
    world.clock.set('2026-11-23T23:30');
    const { client } = await world.signIn(holder.person.id);
    await client.queue.cancelBooking({ bookingId: holder.bookingId });
    const fresh = await world.signIn(first.person.id);
    expect(await offerOf(fresh)).toMatchObject({ expiresAt: '2026-11-24T05:00:00.000Z' });
    const [message] = await world.db
      .select()
      .from(messages)
      .where(and(eq(messages.personId, first.person.id), eq(messages.template, 'offer')));
    expect(message?.dueAt.toISOString()).toBe('2026-11-24T03:00:00.000Z');
    expect(message?.expiresAt?.toISOString()).toBe('2026-11-24T05:00:00.000Z');
  });

  it('EQ-13: whoever books another time leaves the list, and the held place passes on', async () => {
    const holder = await booked();
    const first = await waiting();
    const second = await waiting();
    await holder.client.queue.cancelBooking({ bookingId: holder.bookingId });
    await free(plainDate('2026-12-07'), '12:00');
    const answer = await first.client.queue.bookPlace({
      formId: first.form.id,
      day: '2026-12-07',
      startsAt: '12:00',
      requestKey: key(),
    });
    expect(answer.ok).toBe(true);
    expect((await first.client.waitList.mine()).waits).toEqual([]);
    expect(await shownTo(await someone()), 'it is not free for all in between').toEqual([]);
    await sweep();
    expect(await offerOf(second)).toMatchObject({ day: DAY });
  });

  it('EQ-16, EQ-08: who took the consent back, or whose form was served, is asked no more', async () => {
    const first = await waiting();
    const second = await waiting();
    const third = await waiting();
    await first.client.consent.withdraw();
    await world.db.execute(sql`update form_031 set state = 'served' where id = ${second.form.id}`);
    await free();
    await sweep();
    expect(await offerOf(third)).toMatchObject({ day: DAY });
    const states = await world.db
      .select({ state: waitEntries.state })
      .from(waitEntries)
      .where(inArray(waitEntries.id, [first.waitId, second.waitId]));
    expect(states.map(({ state }) => state)).toEqual(['over', 'over']);
    expect(await world.db.$count(consentEvents, eq(consentEvents.personId, first.person.id))).toBe(2);
  });

  it('EQ-09: leaving passes an open offer on', async () => {
    const holder = await booked();
    const first = await waiting();
    const second = await waiting();
    await holder.client.queue.cancelBooking({ bookingId: holder.bookingId });
    await first.client.waitList.leave({ waitId: first.waitId });
    expect((await first.client.waitList.mine()).waits).toEqual([]);
    expect(await offerOf(second)).toMatchObject({ day: DAY });
  });
});

describe('many at once', () => {
  it('EQ-09, EQ-10: an answer at the very end of an offer, with two workers: either it is booked or the next has it, never both', async () => {
    for (let round = 0; round < 12; round += 1) {
      world.clock.set('2026-11-23T10:00');
      const day = plainDate(`2026-12-${String(1 + (round % 4)).padStart(2, '0')}`);
      const startsAt = ['10:00', '11:00', '12:00'][Math.floor(round / 4)] ?? '';
      const holder = await booked(day, startsAt);
      const first = await waiting({ from: day, until: day });
      const second = await waiting({ from: day, until: day });
      await holder.client.queue.cancelBooking({ bookingId: holder.bookingId });
      const offer = present(await offerOf(first));
      const end = new Date(offer.expiresAt);
      const call = await world.callContext(first.token);
      const pause = (turns: number) => new Promise((resolve) => setTimeout(resolve, turns));
      const [answer] = await Promise.all([
        // Half of the rounds give the workers a head start.
        pause(round % 2 ? 0 : 6).then(() =>
          acceptOffer(
            { ...call, at: addMinutes(end, -1 / 60) },
            { offerId: offer.id, requestKey: key(), accessNeeds: [] },
          ),
        ),
        pause(round % 2 ? 3 : 0).then(() => sweepWaitLists(world.deps, end)),
        pause(round % 2 ? 3 : 0).then(() => sweepWaitLists(world.deps, end)),
      ]);
      if (!answer.ok) expect(answer.refusal).toBe('offer-ended');
      const open = await world.db.select().from(waitOffers).where(eq(waitOffers.state, 'open'));
      expect(open.map((each) => each.entryId)).toEqual(answer.ok ? [] : [second.waitId]);
      const held = await world.db
        .select()
        .from(bookings)
        .where(
          and(eq(bookings.day, day), eq(bookings.startsAt, startsAt as never), eq(bookings.state, 'booked')),
        );
      expect(held.map((each) => each.formId)).toEqual(answer.ok ? [first.form.id] : []);
      for (const who of [first, second]) {
        const { waits } = await who.client.waitList.mine();
        for (const wait of waits) await who.client.waitList.leave({ waitId: wait.id });
      }
      await world.db.execute(sql`update place set booking_id = coalesce(booking_id, gen_random_uuid())`);
    }
  });

  it('EQ-09: eight cancel at once and twelve wait: the eight who came first are asked, each about one place', async () => {
    const holders = [];
    for (const startsAt of ['09:00', '10:00', '11:00', '12:00'])
      for (let place = 0; place < 2; place += 1) holders.push(await booked(OTHER_DAY, startsAt));
    const people = [];
    for (let index = 0; index < 12; index += 1) people.push(await waiting());
    await Promise.all([
      ...holders.map((holder) => holder.client.queue.cancelBooking({ bookingId: holder.bookingId })),
      sweep(),
      sweep(),
    ]);
    await sweep();
    const open = await world.db
      .select({ entryId: waitOffers.entryId, placeId: waitOffers.placeId })
      .from(waitOffers)
      .innerJoin(waitEntries, eq(waitEntries.id, waitOffers.entryId))
      .where(eq(waitOffers.state, 'open'))
      .orderBy(asc(waitEntries.createdAt));
    expect(open.map((each) => each.entryId)).toEqual(people.slice(0, 8).map((each) => each.waitId));
    expect(new Set(open.map((each) => each.placeId)).size).toBe(8);
  });

  it('T14: one form holds one place at a time, however many become free', async () => {
    const who = await waiting();
    await free(DAY, '09:00', 2);
    await free(OTHER_DAY, '10:00', 2);
    await sweep();
    await sweep();
    expect(await world.db.$count(places, eq(places.heldForForm, who.form.id))).toBe(1);
  });
});
