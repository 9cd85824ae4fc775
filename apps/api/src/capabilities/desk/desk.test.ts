import { auditEvents, bookings, forms, messages, visits } from '@mse/db/schema';
import { type PlainDate, plainDate } from '@mse/domain/shared';
import { and, desc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEPARTMENT_1, DEPARTMENT_2, startWorld, UNIT_2, type World } from '../../../test/harness.ts';
import { annulLate } from '../queue/annul-late.ts';
import { readArrivalQuery } from './arrival-query.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ placesPerStart: 3 });
});
afterAll(() => world.close());

let day = plainDate('2026-11-23');
/** A working day of its own for each test; everybody of the test is signed in on it at 08:40. */
function newDay(): PlainDate {
  do day = plainDate(new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10));
  while (!world.reference.calendar().isWorkingDay(day));
  world.clock.set(`${day}T08:40`);
  return day;
}
const at = (time: string) => world.clock.set(`${day}T${time}`);
const key = () => world.random.id(world.clock.now());

async function citizen(changes: Parameters<World['person']>[0] = {}) {
  const person = await world.person(changes);
  const form = await world.form(person.id);
  await world.consent(person.id);
  return { person, form };
}

async function booked(startsAt: string, changes: Parameters<World['person']>[0] = {}, on: string = day) {
  const { person, form } = await citizen(changes);
  const { client } = await world.signIn(person.id);
  const answer = await client.queue.bookPlace({
    formId: form.id,
    day: on,
    startsAt,
    accessNeeds: ['wheelchair'],
    requestKey: key(),
  });
  if (!answer.ok) throw new Error(answer.refusal);
  return { person, form, ...answer };
}

/** A clerk signs in anew whenever the clock was moved past an idle session. */
async function clerkOf(departmentId: string) {
  const person = await world.staff('clerk', departmentId);
  return {
    person,
    async desk() {
      return (await world.signIn(person.id, { audience: 'staff' })).client.desk;
    },
  };
}

const states = (rows: { ticketNo: string; state: string }[]) =>
  rows.map(({ ticketNo, state }) => `${ticketNo} ${state}`);

describe("the department's day", () => {
  it('K01, EQ-15: expected by time, waiting by turn with the live queue after all booked, then now and finished', async () => {
    newDay();
    const clerk = await clerkOf(DEPARTMENT_1);
    const [nine, ten, alsoTen, late] = [
      await booked('09:00'),
      await booked('10:00'),
      await booked('10:00'),
      await booked('09:00'),
    ];
    const walkIn = await citizen();
    at('08:50');
    const desk = await clerk.desk();
    expect(states((await desk.day({})).expected)).toEqual([
      'A-001 booked',
      'A-002 booked',
      'A-004 booked',
      'A-005 booked',
    ]);
    expect(await desk.joinLiveQueue({ formId: walkIn.form.id })).toMatchObject({
      ok: true,
      ticketNo: 'L-001',
    });
    for (const one of [alsoTen, ten, nine]) {
      at(one === alsoTen ? '08:51' : one === ten ? '08:52' : '08:53');
      expect(await desk.markArrival({ bookingId: one.bookingId })).toMatchObject({ ok: true });
    }
    const waiting = await desk.day({});
    expect(states(waiting.waiting)).toEqual([
      'A-001 waiting',
      'A-005 waiting',
      'A-004 waiting',
      'L-001 waiting',
    ]);
    expect(waiting).toMatchObject({
      kind: 'reception',
      today: true,
      rooms: ['14', '15'],
      department: { number: 1 },
    });
    const first = waiting.waiting[0];
    expect(first).toMatchObject({
      initials: 'С. А.',
      accessNeeds: ['wheelchair'],
      startsAt: '09:00',
      calls: 0,
      room: null,
    });
    expect(JSON.stringify(waiting)).not.toContain(nine.person.surname);
    expect(JSON.stringify(waiting)).not.toContain(nine.person.iin);
    await desk.changeVisit({ visitId: first?.visitId ?? '', event: 'call', room: '14' });
    await annulLate(world.deps, new Date(world.clock.now().getTime() + 40 * 60_000));
    const later = await desk.day({});
    expect(states(later.now)).toEqual(['A-001 called']);
    expect(states(later.finished)).toEqual([`${late.ticketNo} annulled`]);
  });

  it('K01: a day without reception says why: weekend, holiday, no schedule', async () => {
    newDay();
    const desk = await (await clerkOf(DEPARTMENT_1)).desk();
    const kinds = await Promise.all(
      ['2026-11-28', '2026-12-16', '2027-06-01', '2026-12-01'].map(
        async (of) => (await desk.day({ day: of })).kind,
      ),
    );
    expect(kinds).toEqual(['weekend', 'holiday', 'no-schedule', 'reception']);
  });

  it('K01, K03: a clerk of another department sees nothing and changes nothing here', async () => {
    newDay();
    const clerk = await clerkOf(DEPARTMENT_2);
    const { bookingId, form } = await booked('09:00');
    const waiting = await booked('10:00');
    const own = await (await clerkOf(DEPARTMENT_1)).desk();
    const arrived = await own.markArrival({ bookingId: waiting.bookingId });
    if (!arrived.ok) throw new Error(arrived.refusal);
    const desk = await clerk.desk();
    const today = await desk.day({});
    expect([today.now, today.waiting, today.expected, today.finished]).toEqual([[], [], [], []]);
    const attempts = [
      desk.visit({ bookingId }),
      desk.visit({ visitId: arrived.visitId }),
      desk.visit({}),
      desk.markArrival({ bookingId }),
      desk.joinLiveQueue({ formId: form.id }),
      desk.changeVisit({ visitId: arrived.visitId, event: 'call', room: '14' }),
      desk.markArrival({ bookingId: key() }),
    ];
    for (const outcome of await Promise.allSettled<unknown>(attempts))
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'NOT_FOUND' } });
    const head = await world.staff('department-head');
    const homeless = (await world.signIn(head.id, { audience: 'staff' })).client.desk;
    await expect(homeless.day({})).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('arrival', () => {
  it('K02: what a clerk types or scans is read: address, code, number on any keyboard, ИИН', () => {
    const code = 'AbCdEfGhIjKlMnOpQrSt_-';
    expect(readArrivalQuery(`https://portal.example/kk/t/${code}`)).toEqual({ kind: 'code', code });
    expect(readArrivalQuery(`https://portal.example/t/${code}?x=1`)).toEqual({ kind: 'code', code });
    expect(readArrivalQuery(code)).toEqual({ kind: 'code', code });
    for (const typed of ['A-003', 'a-3', 'А-003', 'а 3', 'A–003', 'а003'])
      expect(readArrivalQuery(typed)).toEqual({ kind: 'ticket', ticketNo: 'A-003' });
    expect(readArrivalQuery('9001 0100 0001')).toEqual({ kind: 'iin', iin: '900101000001' });
    for (const typed of ['salem', '12345', "'; drop table booking; --", '/t/short'])
      expect(readArrivalQuery(typed)).toEqual({ kind: 'unknown' });
  });

  it('K02: a person is found by ticket number, QR and ИИН, with masked ИИН', async () => {
    newDay();
    const desk = await (await clerkOf(DEPARTMENT_1)).desk();
    const one = await booked('09:00');
    for (const query of [
      one.ticketNo.toLowerCase(),
      `https://localhost/t/${one.ticketCode}`,
      one.ticketCode,
      one.person.iin,
    ]) {
      const { matches } = await desk.findForArrival({ query });
      expect(matches).toMatchObject([
        {
          bookingId: one.bookingId,
          refusal: null,
          liveQueuePossible: false,
          otherDepartment: null,
          accessNeeds: ['wheelchair'],
        },
      ]);
      expect(JSON.stringify(matches)).not.toContain(one.person.iin);
    }
    expect(await desk.findForArrival({ query: 'Z-999' })).toEqual({ matches: [], walkIn: null });
  });

  it('K02: another day is said, another department only for the ticket in hand and without the person', async () => {
    newDay();
    const desk = await (await clerkOf(DEPARTMENT_1)).desk();
    const later = await booked('09:00', {}, '2026-12-15');
    const elsewhere = await booked('09:00', { unitCode: UNIT_2 });
    expect((await desk.findForArrival({ query: later.person.iin })).matches).toMatchObject([
      { refusal: 'other-day', day: '2026-12-15' },
    ]);
    const byCode = await desk.findForArrival({ query: elsewhere.ticketCode });
    expect(byCode).toMatchObject({
      matches: [{ refusal: 'other-department', otherDepartment: 2 }],
      walkIn: null,
    });
    expect(JSON.stringify(byCode)).not.toContain(elsewhere.person.surname);
    expect(JSON.stringify(byCode)).not.toContain(elsewhere.person.iin.slice(0, 4));
    expect(await desk.findForArrival({ query: elsewhere.person.iin })).toEqual({ matches: [], walkIn: null });
    expect(await desk.markArrival({ bookingId: later.bookingId })).toEqual({
      ok: false,
      refusal: 'other-day',
    });
  });

  it('EQ-14: arrival at +15:00 is in time, +15:01 is late', async () => {
    newDay();
    const clerk = await clerkOf(DEPARTMENT_1);
    const [inTime, late] = [await booked('09:00'), await booked('09:00')];
    at('09:15:00');
    expect(await (await clerk.desk()).markArrival({ bookingId: inTime.bookingId })).toMatchObject({
      ok: true,
      ticketNo: inTime.ticketNo,
    });
    at('09:15:01');
    expect(await (await clerk.desk()).markArrival({ bookingId: late.bookingId })).toEqual({
      ok: false,
      refusal: 'too-late',
    });
  });

  it('K02: ten clerks marking the same arrival at once make one visit', async () => {
    newDay();
    const desk = await (await clerkOf(DEPARTMENT_1)).desk();
    const one = await booked('09:00');
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => desk.markArrival({ bookingId: one.bookingId })),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.filter((answer) => !answer.ok && answer.refusal === 'already-arrived')).toHaveLength(9);
    expect(await world.db.select().from(visits).where(eq(visits.bookingId, one.bookingId))).toHaveLength(1);
  });

  it('EQ-12: a cancelled booking brings nobody in, and an arrived one cannot be cancelled', async () => {
    newDay();
    const desk = await (await clerkOf(DEPARTMENT_1)).desk();
    const [gone, here] = [await booked('09:00'), await booked('10:00')];
    const goneClient = (await world.signIn(gone.person.id)).client;
    await goneClient.queue.cancelBooking({ bookingId: gone.bookingId });
    expect(await desk.markArrival({ bookingId: gone.bookingId })).toEqual({
      ok: false,
      refusal: 'cancelled',
    });
    await desk.markArrival({ bookingId: here.bookingId });
    const hereClient = (await world.signIn(here.person.id)).client;
    expect(await hereClient.queue.cancelBooking({ bookingId: here.bookingId })).toEqual({
      ok: false,
      refusal: 'already-arrived',
    });
  });
});

describe('the live queue', () => {
  it('EQ-15: after an annulment the person joins the live queue of the same day with a number of its own series', async () => {
    newDay();
    const clerk = await clerkOf(DEPARTMENT_1);
    const one = await booked('09:00');
    at('09:16');
    const desk = await clerk.desk();
    await annulLate(world.deps, world.clock.now());
    const found = await desk.findForArrival({ query: one.ticketNo });
    expect(found).toMatchObject({
      matches: [{ refusal: 'too-late', liveQueuePossible: true }],
      walkIn: { formId: one.form.id },
    });
    expect(await desk.joinLiveQueue({ formId: one.form.id })).toMatchObject({ ok: true, ticketNo: 'L-001' });
    expect((await desk.day({})).waiting).toMatchObject([
      { ticketNo: 'L-001', kind: 'live', accessNeeds: ['wheelchair'], lateAt: null },
    ]);
    expect(await desk.joinLiveQueue({ formId: one.form.id })).toEqual({
      ok: false,
      refusal: 'already-waiting',
    });
  });

  it('EQ-15: thirty people at once get thirty different numbers in a row', async () => {
    newDay();
    const desk = await (await clerkOf(DEPARTMENT_1)).desk();
    const people = await Promise.all(Array.from({ length: 30 }, () => citizen()));
    const answers = await Promise.all(people.map(({ form }) => desk.joinLiveQueue({ formId: form.id })));
    const numbers = answers.map((answer) => (answer.ok ? answer.ticketNo : answer.refusal)).sort();
    expect(numbers).toEqual(
      Array.from({ length: 30 }, (_, index) => `L-${String(index + 1).padStart(3, '0')}`),
    );
  });

  it('EQ-15: each reason against the live queue has its name', async () => {
    newDay();
    const desk = await (await clerkOf(DEPARTMENT_1)).desk();
    const withBooking = await booked('09:00');
    const expired = await citizen();
    await world.db
      .update(forms)
      .set({ validUntil: plainDate('2026-11-22') })
      .where(eq(forms.id, expired.form.id));
    const served = await citizen();
    await world.db.update(forms).set({ state: 'served' }).where(eq(forms.id, served.form.id));
    const remote = await citizen();
    await world.db.update(forms).set({ track: 'remote-proactive' }).where(eq(forms.id, remote.form.id));
    const join = async (formId: string) => {
      const answer = await desk.joinLiveQueue({ formId });
      return answer.ok ? 'joined' : answer.refusal;
    };
    expect(await join(withBooking.form.id)).toBe('has-booking');
    expect(await join(expired.form.id)).toBe('form-expired');
    expect(await join(served.form.id)).toBe('already-served');
    expect(await join(remote.form.id)).toBe('not-found');
  });
});

describe('a visit', () => {
  async function waitingVisit(startsAt = '09:00') {
    newDay();
    const clerk = await clerkOf(DEPARTMENT_1);
    const one = await booked(startsAt);
    const desk = await clerk.desk();
    const arrived = await desk.markArrival({ bookingId: one.bookingId });
    if (!arrived.ok) throw new Error(arrived.refusal);
    return { ...one, desk, clerk, visitId: arrived.visitId };
  }

  it('K01: called, called again, in service, done; then booking and form are served and leave the queue for good', async () => {
    const { desk, visitId, bookingId, form, person } = await waitingVisit();
    expect(await desk.changeVisit({ visitId, event: 'call' })).toEqual({
      ok: false,
      refusal: 'room-missing',
    });
    expect(await desk.changeVisit({ visitId, event: 'call', room: '99' })).toEqual({
      ok: false,
      refusal: 'room-unknown',
    });
    expect(await desk.changeVisit({ visitId, event: 'call', room: '15' })).toMatchObject({
      ok: true,
      row: { state: 'called', room: '15', calls: 1 },
    });
    expect(await desk.changeVisit({ visitId, event: 'recall' })).toMatchObject({
      ok: true,
      row: { state: 'called', calls: 2, room: '15' },
    });
    expect(await desk.changeVisit({ visitId, event: 'start' })).toMatchObject({
      ok: true,
      row: { state: 'in-service' },
    });
    expect(await desk.changeVisit({ visitId, event: 'finish' })).toMatchObject({
      ok: true,
      row: { state: 'done' },
    });
    expect(await desk.changeVisit({ visitId, event: 'put-back' })).toEqual({
      ok: false,
      refusal: 'not-possible-now',
    });
    const [booking] = await world.db.select().from(bookings).where(eq(bookings.id, bookingId));
    const [served] = await world.db.select().from(forms).where(eq(forms.id, form.id));
    expect([booking?.state, served?.state]).toEqual(['served', 'served']);
    const { client } = await world.signIn(person.id);
    expect(
      await client.queue.bookPlace({
        formId: form.id,
        day: '2026-12-18',
        startsAt: '09:00',
        requestKey: key(),
      }),
    ).toMatchObject({ ok: false, refusal: 'already-served' });
    expect(await desk.joinLiveQueue({ formId: form.id })).toEqual({ ok: false, refusal: 'already-served' });
    const { history, messages: sent, iinMasked, personName } = await desk.visit({ visitId });
    expect(history.map(({ what }) => what)).toEqual([
      'done',
      'in-service',
      'recalled',
      'called',
      'arrived',
      'booked',
    ]);
    expect(sent.map(({ template }) => template)).toEqual(['sms-2']);
    expect(iinMasked).toMatch(/^\d{4}•{6}\d{2}$/);
    expect(personName).toContain(person.surname);
  });

  it('K01: two clerks who call the same ticket at once: one calls, the other hears that it is no longer possible', async () => {
    const { desk, visitId } = await waitingVisit();
    const answers = await Promise.all(
      ['14', '15', '14', '15'].map((room) => desk.changeVisit({ visitId, event: 'call', room })),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    const [visit] = await world.db.select().from(visits).where(eq(visits.id, visitId));
    expect(visit).toMatchObject({ state: 'called', calls: 1 });
  });

  it('K01: whoever did not come can book again; SMS-4 waits ten minutes, and a mistake is taken back before it goes', async () => {
    const { desk, visitId, bookingId, form, person } = await waitingVisit('10:00');
    const smsFour = () =>
      world.db
        .select()
        .from(messages)
        .where(and(eq(messages.bookingId, bookingId), eq(messages.template, 'sms-4')))
        .orderBy(desc(messages.createdAt));
    await desk.changeVisit({ visitId, event: 'call', room: '14' });
    await desk.changeVisit({ visitId, event: 'no-answer' });
    const [first] = await smsFour();
    expect(first).toMatchObject({
      state: 'queued',
      dueAt: new Date(world.clock.now().getTime() + 10 * 60_000),
    });
    at('08:45');
    expect(await desk.changeVisit({ visitId, event: 'put-back' })).toMatchObject({
      ok: true,
      row: { state: 'waiting', room: null, calledAt: null },
    });
    expect((await smsFour()).map(({ state }) => state)).toEqual(['expired']);
    expect((await world.db.select().from(bookings).where(eq(bookings.id, bookingId)))[0]?.state).toBe(
      'arrived',
    );
    await desk.changeVisit({ visitId, event: 'call', room: '14' });
    await desk.changeVisit({ visitId, event: 'no-answer' });
    expect((await smsFour()).map(({ state }) => state).sort()).toEqual(['expired', 'queued']);
    const { client } = await world.signIn(person.id);
    expect(
      await client.queue.bookPlace({
        formId: form.id,
        day: '2026-12-18',
        startsAt: '10:00',
        requestKey: key(),
      }),
    ).toMatchObject({ ok: true });
    expect(await desk.changeVisit({ visitId, event: 'put-back' })).toEqual({
      ok: false,
      refusal: 'not-possible-now',
    });
  });

  it('EQ-15: whoever is served in the live queue gives back the place booked meanwhile', async () => {
    newDay();
    const desk = await (await clerkOf(DEPARTMENT_1)).desk();
    const { person, form } = await citizen();
    const joined = await desk.joinLiveQueue({ formId: form.id });
    if (!joined.ok) throw new Error(joined.refusal);
    const { client } = await world.signIn(person.id);
    const ahead = await client.queue.bookPlace({
      formId: form.id,
      day: '2026-12-18',
      startsAt: '11:00',
      requestKey: key(),
    });
    if (!ahead.ok) throw new Error(ahead.refusal);
    for (const [event, room] of [
      ['call', '14'],
      ['start', undefined],
      ['finish', undefined],
    ] as const)
      await desk.changeVisit({ visitId: joined.visitId, event, room });
    const [booking] = await world.db.select().from(bookings).where(eq(bookings.id, ahead.bookingId));
    expect(booking).toMatchObject({ state: 'cancelled', cancelReason: 'served-in-live-queue' });
  });

  it('K01: a visit of an earlier day can be closed but nobody is called', async () => {
    const { visitId, clerk } = await waitingVisit();
    await (await clerk.desk()).changeVisit({ visitId, event: 'call', room: '14' });
    newDay();
    const desk = await clerk.desk();
    expect(await desk.changeVisit({ visitId, event: 'start' })).toEqual({
      ok: false,
      refusal: 'not-possible-now',
    });
    expect(await desk.changeVisit({ visitId, event: 'no-answer' })).toMatchObject({
      ok: true,
      row: { state: 'did-not-come' },
    });
  });

  it('K01: every change at the desk leaves one audit row with actor, role and person', async () => {
    const { desk, visitId, person, clerk } = await waitingVisit();
    await desk.changeVisit({ visitId, event: 'call', room: '14' });
    const rows = await world.db
      .select()
      .from(auditEvents)
      .where(and(eq(auditEvents.subject, `visit:${visitId}`), eq(auditEvents.outcome, 'done')));
    expect(rows).toMatchObject([
      {
        actor: clerk.person.id,
        actorRole: 'clerk',
        action: 'desk.changeVisit',
        personId: person.id,
        detail: { event: 'call', room: '14' },
      },
    ]);
  });
});
