import {
  auditEvents,
  bookings,
  forms,
  massMoveItems,
  massMoves,
  messages,
  persons,
  places,
} from '@mse/db/schema';
import { addDays, plainDate, toInstant } from '@mse/domain/shared';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEPARTMENT_1, DEPARTMENT_2, startWorld, UNIT_2, type World } from '../../../test/harness.ts';
import { present } from '../../../test/present.ts';
import { renderMessage } from '../notifications/render-message.ts';
import { runMassMove } from './run-mass-move.ts';
import { startMassMoveJobs } from './start-mass-move-jobs.ts';

const CLOSED = '2026-12-01';
const TIMES = ['09:00', '10:00', '11:00', '12:00', '14:30'];

let world: World;
let head: Awaited<ReturnType<World['signIn']>>;
let clerk: Awaited<ReturnType<World['signIn']>>;

/** A small department, so that every place can be told apart. */
async function start(placesPerStart: number, horizonDays = 60) {
  world = await startWorld({ placesPerStart, horizonDays });
  head = await world.signIn((await world.staff('department-head', DEPARTMENT_1)).id, { audience: 'staff' });
  clerk = await world.signIn((await world.staff('clerk', DEPARTMENT_1)).id, { audience: 'staff' });
}
afterEach(() => world.close());

const key = () => world.random.id(world.clock.now());

interface Wish {
  day?: string;
  startsAt?: string;
  person?: Partial<typeof persons.$inferInsert>;
  validUntil?: string;
}
async function booked({ day = CLOSED, startsAt = '09:00', person: changes = {}, validUntil }: Wish = {}) {
  const person = await world.person(changes);
  const form = await world.form(person.id, validUntil ? { validUntil: plainDate(validUntil) } : {});
  await world.consent(person.id);
  const { client } = await world.signIn(person.id);
  const answer = await client.queue.bookPlace({
    formId: form.id,
    day,
    startsAt,
    accessNeeds: ['wheelchair'],
    requestKey: key(),
  });
  if (!answer.ok) throw new Error(`${answer.refusal} ${day} ${startsAt}`);
  // The next one books later.
  world.clock.forward(0.05);
  return { person, form, client, bookingId: answer.bookingId };
}

async function close(from = CLOSED, until = from) {
  const wish = {
    from: plainDate(from),
    until: plainDate(until),
    kind: 'closed' as const,
    reason: 'Жылу апаты',
  };
  const preview = await head.client.closures.preview(wish);
  if (!preview.ok) throw new Error(preview.refusal);
  const answer = await head.client.closures.close({ ...wish, shown: preview.shown, move: true });
  if (!answer.ok) throw new Error(answer.refusal);
  return { preview, closureId: answer.closureId, massMoveId: present(answer.massMoveId) };
}

/** Runs a mass move to its end, as jobs do one after the other. */
async function run(massMoveId: string) {
  while (await runMassMove(world.deps, massMoveId));
}
const itemsOf = (massMoveId: string) =>
  world.db
    .select()
    .from(massMoveItems)
    .where(eq(massMoveItems.massMoveId, massMoveId))
    .orderBy(massMoveItems.turn);
const bookingOf = async (id: string) =>
  present((await world.db.select().from(bookings).where(eq(bookings.id, id)))[0]);
const liveBooking = async (formId: string) =>
  (
    await world.db
      .select()
      .from(bookings)
      .where(and(eq(bookings.formId, formId), inArray(bookings.state, ['booked', 'arrived', 'served'])))
  )[0];
const messagesOf = (bookingId: string) =>
  world.db.select().from(messages).where(eq(messages.bookingId, bookingId)).orderBy(messages.dueAt);

/**
 * Nobody is left without an answer: every booking of the move ended as moved (told by SMS or called), without a new time (asked to
 * book again and called), or had ended by itself. And the places say the same as the bookings.
 */
async function expectEverybodyAnswered(massMoveId: string) {
  const move = present((await world.db.select().from(massMoves).where(eq(massMoves.id, massMoveId)))[0]);
  expect(move.state).toBe('done');
  for (const item of await itemsOf(massMoveId)) {
    const old = await bookingOf(item.bookingId);
    switch (item.state) {
      case 'moved': {
        expect(old.state).toBe('moved');
        const fresh = await bookingOf(present(item.newBookingId));
        expect(fresh).toMatchObject({
          movedFrom: old.id,
          formId: old.formId,
          departmentId: old.departmentId,
          accessNeeds: old.accessNeeds,
        });
        expect(`${fresh.day} ${fresh.startsAt}` > `${old.day} ${old.startsAt}`).toBe(true);
        const told = (await messagesOf(fresh.id)).filter(({ template }) => template === 'moved');
        expect(told).toHaveLength(1);
        expect(told[0]?.phone !== null || item.toCall).toBe(true);
        break;
      }
      case 'no-place':
        expect(old).toMatchObject({ state: 'cancelled', cancelReason: 'department-closed' });
        expect((await messagesOf(old.id)).filter(({ template }) => template === 'rebook')).toHaveLength(1);
        expect(item.toCall).toBe(true);
        break;
      case 'ended-meanwhile':
        expect(['cancelled', 'moved', 'annulled', 'arrived', 'served']).toContain(old.state);
        expect(item.toCall).toBe(false);
        break;
      default:
        throw new Error(`Left without an answer: ${item.state}`);
    }
  }
  expect(
    await world.db.$count(
      bookings,
      and(
        eq(bookings.departmentId, move.departmentId),
        sql`${bookings.day} between ${move.from} and ${move.until}`,
        eq(bookings.state, 'booked'),
      ),
    ),
  ).toBe(0);
  const broken = await world.db.execute(sql`
    select b.id from booking b left join place p on p.booking_id = b.id
     where b.state in ('booked', 'arrived') and (p.id is null or p.id <> b.place_id or p.closed_by_trip is not null and b.state = 'booked')`);
  expect(broken).toHaveLength(0);
}

describe('a department closes on a booked day', () => {
  beforeEach(() => start(1));

  it('K08, EQ-10: everybody gets the proposed time, in the order of booking, with a ticket of their own and one message in their language', async () => {
    const people = [
      await booked({ startsAt: '14:30', person: { messageLanguage: 'ru' } }),
      await booked({ startsAt: '09:00' }),
      await booked({ startsAt: '10:00', person: { messageLanguage: 'en' } }),
    ];
    const { preview, massMoveId } = await close();
    await run(massMoveId);
    const items = await itemsOf(massMoveId);
    expect(items.map(({ bookingId, state }) => [bookingId, state])).toEqual(
      people.map(({ bookingId }) => [bookingId, 'moved']),
    );
    for (const [index, someone] of people.entries()) {
      const fresh = present(await liveBooking(someone.form.id));
      expect({ day: fresh.day, startsAt: fresh.startsAt }).toEqual(preview.bookings[index]?.proposed);
    }
    expect(
      (await Promise.all(people.map(({ form }) => liveBooking(form.id)))).map(
        (each) => `${each?.day} ${each?.startsAt}`,
      ),
    ).toEqual(['2026-12-02 09:00', '2026-12-02 10:00', '2026-12-02 11:00']);

    const [first] = people;
    const fresh = present(await liveBooking(present(first).form.id));
    const sent = await messagesOf(fresh.id);
    expect(sent.map(({ template, state, dueAt }) => [template, state, dueAt > world.clock.now()])).toEqual([
      ['moved', 'queued', false],
      ['sms-2', 'queued', true],
    ]);
    const text = await renderMessage(world.deps, world.db, present(sent[0]));
    expect(text).toEqual({
      ok: true,
      text: `Уважаемый(ая) ${present(first).person.surname} Айдос Ерланұлы! Отдел медико-социальной экспертизы № 1 01.12.26 не принимает, поэтому Ваше освидетельствование в 14:30 перенесено. Новая дата 02.12.26, время 09:00, адрес Көкшетау, Абай көшесі, 89, 14-каб., номер талона ${fresh.ticketNo}. Если время не подходит, его можно изменить в "личном кабинете" "${world.deps.settings.PORTAL_URL}".`,
    });
    // EQ-11: the reminder of the day that fell away is never sent.
    expect(
      (await messagesOf(present(first).bookingId)).map(({ template, state }) => [template, state]),
    ).toEqual([
      ['sms-2', 'queued'],
      ['sms-2', 'expired'],
    ]);
    await expectEverybodyAnswered(massMoveId);
    const audit = await world.db.select().from(auditEvents).where(eq(auditEvents.action, 'massMove.run'));
    expect(audit.every((row) => row.actor === 'system:worker')).toBe(true);
    expect(audit).toHaveLength(3);
  });

  it('K08: who moved their booking before keeps the turn of their first booking', async () => {
    const mover = await booked({ day: '2026-12-10', startsAt: '09:00' });
    const later = await booked({ startsAt: '09:00' });
    const answer = await mover.client.queue.moveBooking({
      bookingId: mover.bookingId,
      day: CLOSED,
      startsAt: '10:00',
      requestKey: key(),
    });
    expect(answer.ok).toBe(true);
    const { preview } = await close();
    expect(preview.bookings.map(({ startsAt }) => startsAt)).toEqual(['10:00', '09:00']);
    expect(preview.bookings[1]?.bookingId).toBe(later.bookingId);
  });

  it('EQ-06, EQ-09: who has no time before the form ends is asked to book again and called; the form is free for a new booking', async () => {
    const someone = await booked({ validUntil: '2026-12-01' });
    const { preview, massMoveId } = await close();
    expect(preview.bookings).toMatchObject([{ proposed: null }]);
    expect(preview.messages.map(({ template }) => template)).toEqual(['rebook']);
    await run(massMoveId);
    await expectEverybodyAnswered(massMoveId);
    const sent = (await messagesOf(someone.bookingId)).find(({ template }) => template === 'rebook');
    expect(sent).toMatchObject({ state: 'queued', phone: someone.person.phone, language: 'kk' });
    const text = await renderMessage(world.deps, world.db, present(sent));
    expect(text.ok && text.text).toContain(
      '01.12.26 күні қабылдамайды, сондықтан 09:00 уақытындағы жазылуыңыз',
    );
    expect(
      await someone.client.queue.bookPlace({
        formId: someone.form.id,
        day: '2026-11-30',
        startsAt: '10:00',
        requestKey: key(),
      }),
    ).toMatchObject({
      ok: true,
    });
    const { calls } = await clerk.client.massMove.progress({ id: massMoveId });
    expect(calls).toMatchObject([
      {
        state: 'no-place',
        phone: someone.person.phone,
        organization: 'Көкшетау қалалық емханасы',
        calledAt: null,
      },
    ]);
  });

  it('EQ-06: who has no number stands in the call list until somebody has called, and it is known who', async () => {
    const silent = await booked({ person: { phone: null } });
    await booked({ startsAt: '10:00' });
    const { preview, massMoveId } = await close();
    expect(preview.bookings.map(({ hasPhone }) => hasPhone)).toEqual([false, true]);
    await run(massMoveId);
    await expectEverybodyAnswered(massMoveId);

    const before = await clerk.client.massMove.progress({ id: massMoveId });
    expect(before.counts).toMatchObject({ all: 2, moved: 2, toCall: 1, called: 0 });
    expect(before.calls).toMatchObject([
      {
        personName: `${silent.person.surname} Айдос Ерланұлы`,
        phone: null,
        representativeName: null,
        new: { day: '2026-12-02' },
        calledAt: null,
      },
    ]);
    const [item] = before.calls;
    expect(await clerk.client.massMove.markCalled({ itemId: present(item).itemId })).toEqual({ ok: true });
    world.clock.forward(5);
    expect(await head.client.massMove.markCalled({ itemId: present(item).itemId })).toEqual({ ok: true });
    const after = await clerk.client.massMove.progress({ id: massMoveId });
    expect(after.counts).toMatchObject({ toCall: 1, called: 1 });
    const clerkName = (
      await world.db
        .select()
        .from(persons)
        .where(eq(persons.id, present((await clerk.call()).caller).personId))
    )[0]?.surname;
    expect(after.calls[0]?.calledBy).toContain(present(clerkName));
    const other = before.items.find(({ id }) => id !== item?.itemId);
    expect(await clerk.client.massMove.markCalled({ itemId: present(other).id })).toEqual({
      ok: false,
      refusal: 'not-to-call',
    });
  });

  it('EQ-07: a ward without a number is told through the representative, in the representative’s language', async () => {
    const ward = await world.person({ phone: null, messageLanguage: 'kk' });
    const guardian = await world.person({ messageLanguage: 'ru' });
    await world.guardian(guardian, ward);
    const form = await world.form(ward.id);
    await world.consent(guardian.id);
    const { client } = await world.signIn(guardian.id);
    expect(
      await client.queue.bookPlace({ formId: form.id, day: CLOSED, startsAt: '12:00', requestKey: key() }),
    ).toMatchObject({ ok: true });
    const { massMoveId } = await close();
    await run(massMoveId);
    const fresh = present(await liveBooking(form.id));
    expect(fresh.bookedBy).toBe(guardian.id);
    expect((await messagesOf(fresh.id))[0]).toMatchObject({
      template: 'moved',
      phone: guardian.phone,
      language: 'ru',
      personId: ward.id,
    });
    await expectEverybodyAnswered(massMoveId);
  });

  it('EQ-12: who cancelled or moved by themselves before the run came to them is left as they wished', async () => {
    const canceller = await booked({ startsAt: '09:00' });
    const mover = await booked({ startsAt: '10:00' });
    const { massMoveId } = await close();
    await canceller.client.queue.cancelBooking({ bookingId: canceller.bookingId });
    const moved = await mover.client.queue.moveBooking({
      bookingId: mover.bookingId,
      day: '2026-12-09',
      startsAt: '14:30',
      requestKey: key(),
    });
    expect(moved.ok).toBe(true);
    await run(massMoveId);
    expect((await itemsOf(massMoveId)).map(({ state }) => state)).toEqual([
      'ended-meanwhile',
      'ended-meanwhile',
    ]);
    expect(await liveBooking(canceller.form.id)).toBeUndefined();
    expect(await liveBooking(mover.form.id)).toMatchObject({ day: '2026-12-09', startsAt: '14:30' });
    await expectEverybodyAnswered(massMoveId);
  });

  it('K08: running it again, or twice at once, moves nobody a second time', async () => {
    for (const startsAt of TIMES) await booked({ startsAt });
    const { massMoveId } = await close();
    await Promise.all([run(massMoveId), run(massMoveId), run(massMoveId)]);
    const once = await itemsOf(massMoveId);
    await run(massMoveId);
    expect(await itemsOf(massMoveId)).toEqual(once);
    expect(await world.db.$count(bookings)).toBe(10);
    expect(await world.db.$count(messages, eq(messages.template, 'moved'))).toBe(5);
    // Three workers took turns, and the order of booking still held.
    const times = await Promise.all(once.map(async ({ newBookingId }) => bookingOf(present(newBookingId))));
    expect(times.map(({ startsAt }) => startsAt)).toEqual(TIMES);
    await expectEverybodyAnswered(massMoveId);
  });

  it('K08: a job moves a part and leaves the rest to the next one, so that no job lasts too long', async () => {
    for (const startsAt of TIMES) await booked({ startsAt });
    const { massMoveId } = await close();
    expect(await runMassMove(world.deps, massMoveId, 2)).toBe(true);
    expect((await clerk.client.massMove.progress({ id: massMoveId })).counts).toMatchObject({
      moved: 2,
      pending: 3,
    });
    expect((await world.deps.jobs.fates(world.db, 'mass-move.run', [massMoveId])).get(massMoveId)).toBe(
      'at-work',
    );
    expect(
      await head.client.closures.takeBack({
        id: (await clerk.client.massMove.progress({ id: massMoveId })).closureId,
      }),
    ).toEqual({
      ok: false,
      refusal: 'move-running',
    });
    await run(massMoveId);
    await expectEverybodyAnswered(massMoveId);
  });

  it('K08: one booking that cannot be moved is listed as failed and called, the others are moved; trying again mends it', async () => {
    const people = [
      await booked({ startsAt: '09:00' }),
      await booked({ startsAt: '10:00' }),
      await booked({ startsAt: '11:00' }),
    ];
    const { massMoveId } = await close();
    const unlucky = present(people[1]);
    await world.owner.execute(sql`
      create function break_one() returns trigger language plpgsql as $$
      begin
        if new.moved_from is not null and new.form_id = (select form_id from booking where id = new.moved_from) and new.day > '2026-12-01'
           and exists (select from broken_form where form_id = new.form_id) then raise exception 'broken on purpose'; end if;
        return new;
      end $$`);
    await world.owner.execute(sql`create table broken_form (form_id uuid)`);
    await world.owner.execute(sql`grant select on broken_form to saraptama_app`);
    await world.owner.execute(sql`insert into broken_form values (${unlucky.form.id})`);
    await world.owner.execute(
      sql`create trigger break_one before insert on booking for each row execute function break_one()`,
    );

    await run(massMoveId);
    const after = await head.client.massMove.progress({ id: massMoveId });
    expect(after).toMatchObject({
      state: 'done',
      mayResume: true,
      counts: { moved: 2, failed: 1, toCall: 1 },
    });
    expect(after.calls).toMatchObject([{ state: 'failed', old: { startsAt: '10:00' } }]);
    expect(await bookingOf(unlucky.bookingId)).toMatchObject({ state: 'booked', day: CLOSED });
    expect((await itemsOf(massMoveId))[1]).toMatchObject({ failure: 'sql-P0001' });

    await world.owner.execute(sql`delete from broken_form`);
    expect(await head.client.massMove.resume({ id: massMoveId })).toEqual({ ok: true });
    expect(await head.client.massMove.progress({ id: massMoveId })).toMatchObject({
      state: 'running',
      stopped: false,
    });
    await run(massMoveId);
    await expectEverybodyAnswered(massMoveId);
    expect(await head.client.massMove.resume({ id: massMoveId })).toEqual({
      ok: false,
      refusal: 'nothing-to-do',
    });
  });

  it('K08: a move whose job is gone is shown as stopped, and the worker takes it up by itself', async () => {
    for (const startsAt of TIMES) await booked({ startsAt });
    const { massMoveId } = await close();
    await world.owner.execute(sql`delete from jobs.job where name = 'mass-move.run'`);
    expect(await head.client.massMove.progress({ id: massMoveId })).toMatchObject({
      state: 'running',
      stopped: true,
    });
    const worker = await startMassMoveJobs(world.deps, { sweepEveryMs: 200 });
    await expect
      .poll(async () => (await head.client.massMove.progress({ id: massMoveId })).state, { timeout: 15_000 })
      .toBe('done');
    await worker.stop();
    await expectEverybodyAnswered(massMoveId);
  });

  it('T02: another department neither sees the move, nor calls its people, nor sets it going', async () => {
    await booked({ person: { phone: null } });
    const { massMoveId } = await close();
    await run(massMoveId);
    const stranger = await world.signIn((await world.staff('department-head', DEPARTMENT_2)).id, {
      audience: 'staff',
    });
    expect((await stranger.client.massMove.list()).moves).toEqual([]);
    const [item] = await itemsOf(massMoveId);
    for (const act of [
      () => stranger.client.massMove.progress({ id: massMoveId }),
      () => stranger.client.massMove.resume({ id: massMoveId }),
      () => stranger.client.massMove.markCalled({ itemId: present(item).id }),
    ])
      await expect(act()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await clerk.client.massMove.list()).moves).toMatchObject([
      { id: massMoveId, reason: 'Жылу апаты', counts: { all: 1, moved: 1 } },
    ]);
  });

  it('EQ-09: when the places of the other days are taken meanwhile, the next ones in time are given', async () => {
    const someone = await booked();
    const { preview, massMoveId } = await close();
    expect(preview.bookings[0]?.proposed).toEqual({ day: '2026-12-02', startsAt: '09:00' });
    await booked({ day: '2026-12-02', startsAt: '09:00' });
    await booked({ day: '2026-12-02', startsAt: '10:00' });
    await run(massMoveId);
    expect(await liveBooking(someone.form.id)).toMatchObject({ day: '2026-12-02', startsAt: '11:00' });
    await expectEverybodyAnswered(massMoveId);
  });

  it('EQ-09: a place kept for somebody of the wait list is not given to a moved person while it is kept', async () => {
    const someone = await booked();
    const { massMoveId } = await close();
    await world.db
      .update(places)
      .set({ heldForForm: key(), heldUntil: toInstant(plainDate('2026-12-31'), '09:00' as never) })
      .where(and(eq(places.departmentId, DEPARTMENT_1), eq(places.day, plainDate('2026-12-02'))));
    await run(massMoveId);
    expect(await liveBooking(someone.form.id)).toMatchObject({ day: '2026-12-03', startsAt: '09:00' });
  });
});

describe('people act while the mass move runs', () => {
  it('K08, EQ-10, EQ-12, EQ-13: with fifty people, of whom half cancel or move at the same moments, and three workers, everybody has one answer', async () => {
    await start(10, 20);
    const people = [];
    for (let index = 0; index < 50; index += 1)
      people.push(
        await booked({
          startsAt: present(TIMES[index % 5]),
          // Some forms end soon, so that some have no later place.
          validUntil: index % 7 === 0 ? CLOSED : addDays(plainDate(CLOSED), 2 + (index % 5)),
          person: index % 9 === 0 ? { phone: null } : {},
        }),
      );
    const stranger = await booked({ day: '2026-12-02', startsAt: '09:00' });
    const { massMoveId } = await close();
    const acts = people
      .filter((_, index) => index % 2 === 0)
      // Those whose turn comes last act first, so that some are faster than the run and some are not.
      .toReversed()
      .map(async ({ client, bookingId, form }, index) => {
        await new Promise((resolve) => setTimeout(resolve, (index * 37) % 250));
        if (index % 2 === 0) return client.queue.cancelBooking({ bookingId });
        const times = await client.queue.freeTimes({ formId: form.id });
        const choice = times.days.at(-1);
        return choice
          ? client.queue.moveBooking({
              bookingId,
              day: choice.day,
              startsAt: present(choice.times[0]).startsAt,
              requestKey: key(),
            })
          : null;
      });
    await Promise.all([run(massMoveId), run(massMoveId), run(massMoveId), ...acts]);
    await expectEverybodyAnswered(massMoveId);
    const states = new Set((await itemsOf(massMoveId)).map(({ state }) => state));
    expect(states).toEqual(new Set(['moved', 'no-place', 'ended-meanwhile']));
    expect(await bookingOf(stranger.bookingId)).toMatchObject({ state: 'booked' });
    const rows = await world.db
      .select({ form: forms.id, live: sql<number>`count(${bookings.id})::int` })
      .from(forms)
      .leftJoin(
        bookings,
        and(eq(bookings.formId, forms.id), inArray(bookings.state, ['booked', 'arrived', 'served'])),
      )
      .groupBy(forms.id);
    expect(rows.every(({ live }) => live <= 1)).toBe(true);
  });

  it('EQ-14: closing a whole week of one department leaves the other department’s people where they are', async () => {
    await start(1, 30);
    const mine = await booked({ day: '2026-11-24' });
    const theirs = await booked({ day: '2026-11-24', person: { unitCode: UNIT_2 } });
    const { massMoveId } = await close('2026-11-24', '2026-11-30');
    await run(massMoveId);
    expect(await liveBooking(mine.form.id)).toMatchObject({ day: '2026-12-01', startsAt: '09:00' });
    expect(await liveBooking(theirs.form.id)).toMatchObject({ id: theirs.bookingId, day: '2026-11-24' });
    await expectEverybodyAnswered(massMoveId);
  });
});
