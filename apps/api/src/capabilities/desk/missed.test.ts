import { auditEvents, bookings, messages, visits } from '@mse/db/schema';
import { type PlainDate, plainDate } from '@mse/domain/shared';
import { and, desc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEPARTMENT_1, DEPARTMENT_2, startWorld, type World } from '../../../test/harness.ts';
import { renderMessage } from '../notifications/render-message.ts';
import { annulLate } from '../queue/annul-late.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ placesPerStart: 3 });
});
afterAll(() => world.close());

let day = plainDate('2026-11-23');
function newDay(): PlainDate {
  do day = plainDate(new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10));
  while (!world.reference.calendar().isWorkingDay(day));
  world.clock.set(`${day}T08:40`);
  return day;
}
const at = (time: string) => world.clock.set(`${day}T${time}`);
const key = () => world.random.id(world.clock.now());

async function booked(startsAt = '09:00', changes: Parameters<World['person']>[0] = {}) {
  const person = await world.person(changes);
  const form = await world.form(person.id);
  await world.consent(person.id);
  const { client } = await world.signIn(person.id);
  const answer = await client.queue.bookPlace({ formId: form.id, day, startsAt, requestKey: key() });
  if (!answer.ok) throw new Error(answer.refusal);
  return { person, form, ...answer };
}
async function deskOf(departmentId = DEPARTMENT_1) {
  const person = await world.staff('clerk', departmentId);
  return { person, desk: (await world.signIn(person.id, { audience: 'staff' })).client.desk };
}
const stateOf = async (bookingId: string) =>
  (await world.db.select({ state: bookings.state }).from(bookings).where(eq(bookings.id, bookingId)))[0]
    ?.state;
const smsOf = (bookingId: string, template: 'sms-4' | 'restored') =>
  world.db
    .select()
    .from(messages)
    .where(and(eq(messages.bookingId, bookingId), eq(messages.template, template)))
    .orderBy(desc(messages.createdAt));

/** Somebody annulled by the rule at 09:16; the clerk is at the desk at 09:20. */
async function annulled() {
  newDay();
  const one = await booked('09:00');
  at('09:16');
  await annulLate(world.deps, world.clock.now());
  at('09:20');
  return { ...one, desk: (await deskOf()).desk };
}

describe('missed turns of today', () => {
  it('K04, EQ-14: an annulment by rule can be taken back: the person waits, the unsent SMS-4 is withdrawn, the audit knows why', async () => {
    const { desk, bookingId, person, ticketNo } = await annulled();
    const listed = await desk.missed();
    expect(listed.rows).toMatchObject([
      {
        row: { bookingId, state: 'annulled' },
        cause: 'late',
        smsState: 'queued',
        refusal: null,
        liveTicketNo: null,
      },
    ]);
    expect(listed.rows[0]?.smsText).toContain(listed.rows[0]?.row.initials);
    expect(JSON.stringify(listed)).not.toContain(person.surname);

    expect(await desk.restore({ bookingId, reason: 'other', note: 'стоял в очереди в гардероб' })).toEqual({
      ok: true,
      ticketNo,
      state: 'arrived',
      told: 'withdrawn',
    });
    expect(await stateOf(bookingId)).toBe('arrived');
    expect((await smsOf(bookingId, 'sms-4')).map(({ state, failure }) => [state, failure])).toEqual([
      ['expired', 'taken-back'],
    ]);
    expect(await smsOf(bookingId, 'restored')).toEqual([]);
    expect((await desk.day({})).waiting).toMatchObject([{ bookingId, ticketNo, state: 'waiting' }]);
    const [row] = await world.db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.action, 'desk.restore'))
      .orderBy(desc(auditEvents.id));
    expect(row).toMatchObject({
      personId: person.id,
      subject: `booking:${bookingId}`,
      detail: { reason: 'other', note: 'стоял в очереди в гардероб', told: 'withdrawn' },
    });
    expect((await desk.visit({ bookingId })).history[0]).toMatchObject({ what: 'restored', ticketNo });
    expect((await desk.missed()).rows).toEqual([]);
    // The rule does not annul once more whoever is here now.
    await annulLate(world.deps, world.clock.now());
    expect(await stateOf(bookingId)).toBe('arrived');
  });

  it.each(['unknown', 'accepted', 'delivered'] as const)(
    'K04: when SMS-4 is %s, another message says that the booking holds again',
    async (state) => {
      const { desk, bookingId, ticketNo } = await annulled();
      await world.db
        .update(messages)
        .set({ state, text: 'x' })
        .where(and(eq(messages.bookingId, bookingId), eq(messages.template, 'sms-4')));
      expect(await desk.restore({ bookingId, reason: 'was-here-in-time' })).toMatchObject({
        ok: true,
        told: 'told',
      });
      const [told] = await smsOf(bookingId, 'restored');
      if (!told) throw new Error('nobody was told');
      expect(told.state).toBe('queued');
      expect(await renderMessage(world.deps, world.db, told)).toMatchObject({
        ok: true,
        text: expect.stringContaining(ticketNo) as string,
      });
      expect((await smsOf(bookingId, 'sms-4'))[0]?.state).toBe(state);
    },
  );

  it('K04: a person without a phone is restored without a message', async () => {
    newDay();
    const { bookingId } = await booked('09:00', { phone: null });
    at('09:16');
    await annulLate(world.deps, world.clock.now());
    const { desk } = await deskOf();
    expect(await desk.restore({ bookingId, reason: 'was-here-in-time' })).toMatchObject({
      ok: true,
      told: 'nothing',
    });
    expect(await smsOf(bookingId, 'restored')).toEqual([]);
  });

  it('K04: a call nobody answered is undone with the same visit, and the person is called by the same number', async () => {
    newDay();
    const { bookingId, ticketNo } = await booked('09:00');
    const { desk } = await deskOf();
    const arrived = await desk.markArrival({ bookingId });
    if (!arrived.ok) throw new Error(arrived.refusal);
    await desk.changeVisit({ visitId: arrived.visitId, event: 'call', room: '14' });
    await desk.changeVisit({ visitId: arrived.visitId, event: 'no-answer' });
    expect((await desk.missed()).rows).toMatchObject([
      { cause: 'no-answer', row: { visitId: arrived.visitId } },
    ]);
    expect(await desk.restore({ visitId: arrived.visitId, reason: 'pressed-by-mistake' })).toEqual({
      ok: true,
      ticketNo,
      state: 'arrived',
      told: 'withdrawn',
    });
    expect(await desk.changeVisit({ visitId: arrived.visitId, event: 'call', room: '15' })).toMatchObject({
      ok: true,
      row: { ticketNo, room: '15' },
    });
  });

  it('EQ-15, K04: a person of the live queue who did not come is taken back into it', async () => {
    newDay();
    const person = await world.person();
    const form = await world.form(person.id);
    const { desk } = await deskOf();
    const joined = await desk.joinLiveQueue({ formId: form.id });
    if (!joined.ok) throw new Error(joined.refusal);
    await desk.changeVisit({ visitId: joined.visitId, event: 'call', room: '14' });
    await desk.changeVisit({ visitId: joined.visitId, event: 'no-answer' });
    expect((await desk.missed()).rows).toMatchObject([
      { row: { ticketNo: joined.ticketNo, kind: 'live' }, smsState: null, smsText: null },
    ]);
    expect(await desk.restore({ visitId: joined.visitId, reason: 'pressed-by-mistake' })).toMatchObject({
      ok: true,
      ticketNo: joined.ticketNo,
      told: 'nothing',
    });
    expect((await desk.liveQueue()).rows).toMatchObject([{ row: { state: 'waiting' } }]);
  });

  it('K04, EQ-13: not possible once the form has another booking, waits in the live queue, or the day is over', async () => {
    const one = await annulled();
    const { client } = await world.signIn(one.person.id);
    expect(
      await client.queue.bookPlace({
        formId: one.form.id,
        day: '2026-12-18',
        startsAt: '10:00',
        requestKey: key(),
      }),
    ).toMatchObject({ ok: true });
    expect((await one.desk.missed()).rows).toMatchObject([{ refusal: 'form-has-booking' }]);
    expect(await one.desk.restore({ bookingId: one.bookingId, reason: 'was-here-in-time' })).toEqual({
      ok: false,
      refusal: 'form-has-booking',
    });
    const two = await annulled();
    expect((await two.desk.missed()).rows).toMatchObject([{ refusal: null, liveFormId: two.form.id }]);
    const joined = await two.desk.joinLiveQueue({ formId: two.form.id });
    if (!joined.ok) throw new Error(joined.refusal);
    expect((await two.desk.missed()).rows).toMatchObject([
      { refusal: 'in-live-queue', liveTicketNo: joined.ticketNo, liveFormId: null },
    ]);
    expect(await two.desk.restore({ bookingId: two.bookingId, reason: 'was-here-in-time' })).toEqual({
      ok: false,
      refusal: 'in-live-queue',
    });
    const three = await annulled();
    newDay();
    const { desk } = await deskOf();
    expect(await desk.restore({ bookingId: three.bookingId, reason: 'was-here-in-time' })).toEqual({
      ok: false,
      refusal: 'other-day',
    });
    expect(await stateOf(three.bookingId)).toBe('annulled');
  });

  it('K04: two clerks who undo the same annulment at once undo it once', async () => {
    const { desk, bookingId } = await annulled();
    const other = await deskOf();
    const answers = await Promise.all(
      [desk, other.desk, desk, other.desk].map((each) =>
        each.restore({ bookingId, reason: 'was-here-in-time' }),
      ),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await world.db.select().from(visits).where(eq(visits.bookingId, bookingId))).toHaveLength(1);
  });

  it('K04: a reason of the list is wanted, and words for "other"', async () => {
    const { desk, bookingId } = await annulled();
    await expect(desk.restore({ bookingId, reason: 'other', note: '  ' })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
    await expect(desk.restore({ bookingId, reason: 'because' as never })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
    expect(await stateOf(bookingId)).toBe('annulled');
  });

  it('K04: another department neither sees nor undoes it', async () => {
    const { bookingId } = await annulled();
    const { desk } = await deskOf(DEPARTMENT_2);
    expect((await desk.missed()).rows).toEqual([]);
    await expect(desk.restore({ bookingId, reason: 'was-here-in-time' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(desk.restore({ reason: 'was-here-in-time' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
