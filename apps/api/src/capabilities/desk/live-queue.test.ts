import { messages, visits } from '@mse/db/schema';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DEPARTMENT_1, startWorld, type World } from '../../../test/harness.ts';
import { annulLate } from '../queue/annul-late.ts';

let world: World;
let dayNo = 23;
const at = (time: string) => world.clock.set(`2026-11-${dayNo}T${time}`);
const key = () => world.random.id(world.clock.now());
beforeAll(async () => {
  world = await startWorld({ placesPerStart: 5 });
});
afterAll(() => world.close());
beforeEach(() => {
  dayNo += 1;
  at('08:40');
});

async function deskOf() {
  const person = await world.staff('clerk', DEPARTMENT_1);
  const { client, token } = await world.signIn(person.id, { audience: 'staff' });
  return { desk: client.desk, token };
}
async function walkIn() {
  const person = await world.person();
  const form = await world.form(person.id);
  return { person, form };
}
async function booked(startsAt: string, accessNeeds: ('sign-interpreter' | 'escort')[] = []) {
  const { person, form } = await walkIn();
  await world.consent(person.id);
  const { client } = await world.signIn(person.id);
  const answer = await client.queue.bookPlace({
    formId: form.id,
    day: `2026-11-${dayNo}`,
    startsAt,
    accessNeeds,
    requestKey: key(),
  });
  if (!answer.ok) throw new Error(answer.refusal);
  return { person, form, ...answer };
}
type Desk = Awaited<ReturnType<typeof deskOf>>['desk'];
async function arrived(desk: Desk, bookingId: string) {
  const answer = await desk.markArrival({ bookingId });
  if (!answer.ok) throw new Error(answer.refusal);
  return answer.visitId;
}
async function join(desk: Desk) {
  const answer = await desk.joinLiveQueue({ formId: (await walkIn()).form.id });
  if (!answer.ok) throw new Error(answer.refusal);
  return answer;
}
/** A visit from call to end; the clock goes on, and with it sessions end. */
async function serve(visitId: string, from: string, until: string) {
  at(from);
  const { desk } = await deskOf();
  await desk.changeVisit({ visitId, event: 'call', room: '14' });
  await desk.changeVisit({ visitId, event: 'start' });
  at(until);
  await (await deskOf()).desk.changeVisit({ visitId, event: 'finish' });
}

describe('the live queue of today', () => {
  it('K05, EQ-15: numbers of its own, waits unknown at the beginning and estimated from the day once three were received', async () => {
    const { desk } = await deskOf();
    const first = [await booked('09:00'), await booked('09:00'), await booked('09:00')];
    const last = await booked('10:00');
    const ids: string[] = [];
    for (const one of first) ids.push(await arrived(desk, one.bookingId));
    const [one, two] = [await join(desk), await join(desk)];
    expect([one.ticketNo, two.ticketNo]).toEqual(['L-001', 'L-002']);
    expect(await desk.liveQueue()).toMatchObject({
      bookedAhead: 4,
      usualMinutes: null,
      finishedToday: 0,
      rows: [
        { row: { ticketNo: 'L-001' }, waitMinutes: null },
        { row: { ticketNo: 'L-002' }, waitMinutes: null },
      ],
    });
    const [a = '', b = '', c = ''] = ids;
    await serve(a, '08:50', '09:10');
    await serve(b, '09:10', '09:30');
    await serve(c, '09:30', '09:50');
    const { desk: again } = await deskOf();
    // The one of ten o'clock is still expected, and goes before the live queue once it is ten.
    expect(await again.liveQueue()).toMatchObject({
      bookedAhead: 1,
      usualMinutes: 20,
      rows: [
        { row: { ticketNo: 'L-001' }, waitMinutes: 0 },
        { row: { ticketNo: 'L-002' }, waitMinutes: 40 },
      ],
    });
    await arrived(again, last.bookingId);
    expect((await again.liveQueue()).rows.map(({ waitMinutes }) => waitMinutes)).toEqual([20, 40]);
    await serve(one.visitId, '09:55', '10:05');
    expect((await (await deskOf()).desk.liveQueue()).rows).toMatchObject([
      { row: { ticketNo: 'L-002', state: 'waiting' } },
      { row: { ticketNo: 'L-001', state: 'done' }, waitMinutes: null },
    ]);
    expect((await world.db.select().from(visits).where(eq(visits.id, one.visitId)))[0]?.kind).toBe('live');
  });

  it('K01: twenty clerks who call the same person at once over HTTP: one call is made, nineteen hear that it is not possible any more', async () => {
    const { desk } = await deskOf();
    const visitId = await arrived(desk, (await booked('09:00')).bookingId);
    const tokens = await Promise.all(Array.from({ length: 20 }, async () => (await deskOf()).token));
    const answers = await Promise.all(
      tokens.map(async (token, index) => {
        const response = await world.http.request('/trpc/desk.changeVisit', {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'x-saraptama': '1',
            authorization: `Bearer ${token}`,
          },
          body: JSON.stringify({ visitId, event: 'call', room: index % 2 === 0 ? '14' : '15' }),
        });
        return ((await response.json()) as { result: { data: { ok: boolean; refusal?: string } } }).result
          .data;
      }),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.filter(({ refusal }) => refusal === 'not-possible-now')).toHaveLength(19);
    const [visit] = await world.db.select().from(visits).where(eq(visits.id, visitId));
    expect(visit).toMatchObject({ state: 'called', calls: 1 });
  });

  it('B01: who needs a sign interpreter gets the call as a message too, nobody else does', async () => {
    const { desk } = await deskOf();
    const deaf = await booked('09:00', ['sign-interpreter']);
    const other = await booked('09:00', ['escort']);
    for (const { bookingId } of [deaf, other])
      await desk.changeVisit({ visitId: await arrived(desk, bookingId), event: 'call', room: '14' });
    const sent = await world.db.select().from(messages).where(eq(messages.template, 'called'));
    expect(sent).toMatchObject([
      { bookingId: deaf.bookingId, state: 'queued', params: { ticket: deaf.ticketNo, room: '14' } },
    ]);

    // EQ-07, EQ-15: somebody who never booked comes with the needs of the profile, to the desk and to the room.
    const ward = await world.person({ accessNeeds: ['wheelchair', 'sign-interpreter'] });
    const joined = await desk.joinLiveQueue({ formId: (await world.form(ward.id)).id });
    if (!joined.ok) throw new Error(joined.refusal);
    const wanted = { ticketNo: joined.ticketNo, accessNeeds: ['wheelchair', 'sign-interpreter'] };
    expect((await desk.liveQueue()).rows).toMatchObject([{ row: wanted }]);
    expect(await desk.changeVisit({ visitId: joined.visitId, event: 'call', room: '14' })).toMatchObject({
      ok: true,
      row: wanted,
    });
    expect(
      await world.db.$count(messages, and(eq(messages.personId, ward.id), eq(messages.template, 'called'))),
    ).toBe(1);
  });

  it('C14, B01: the holder of a ticket learns of the call without a session, and follows the live queue after an annulment', async () => {
    const anonymous = world.client(null);
    const one = await booked('09:00');
    const state = () => anonymous.queue.ticketState({ code: one.ticketCode });
    expect(await state()).toEqual({
      state: 'expected',
      ticketNo: one.ticketNo,
      room: null,
      calledAt: null,
      calls: 0,
    });
    at('09:16');
    await annulLate(world.deps, world.clock.now());
    expect((await state()).state).toBe('over');
    const { desk } = await deskOf();
    const joined = await desk.joinLiveQueue({ formId: one.form.id });
    if (!joined.ok) throw new Error(joined.refusal);
    expect(await state()).toMatchObject({ state: 'waiting', ticketNo: 'L-001' });
    await desk.changeVisit({ visitId: joined.visitId, event: 'call', room: '15' });
    expect(await state()).toEqual({
      state: 'called',
      ticketNo: 'L-001',
      room: '15',
      calledAt: world.clock.now().toISOString(),
      calls: 1,
    });
    await desk.changeVisit({ visitId: joined.visitId, event: 'recall' });
    expect((await state()).calls).toBe(2);
    await desk.changeVisit({ visitId: joined.visitId, event: 'start' });
    expect((await state()).state).toBe('in-service');
    await desk.changeVisit({ visitId: joined.visitId, event: 'finish' });
    expect(await state()).toMatchObject({ state: 'over', room: null });
    expect(await anonymous.queue.ticketState({ code: 'A'.repeat(22) })).toMatchObject({
      state: 'over',
      ticketNo: null,
    });
  });
});
