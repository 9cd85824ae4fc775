import { auditEvents, bookings, businessTrips, massMoves, places } from '@mse/db/schema';
import { plainDate, plainTime, toInstant } from '@mse/domain/shared';
import { and, between, eq, isNotNull, isNull } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DEPARTMENT_1, DEPARTMENT_2, startWorld, UNIT_2, type World } from '../../../test/harness.ts';
import { present } from '../../../test/present.ts';
import { materialisePlaces } from '../queue/materialise-places.ts';
import { closeDepartment } from './close-department.ts';

let world: World;
let head: Awaited<ReturnType<World['signIn']>>;
let clerk: Awaited<ReturnType<World['signIn']>>;
let headElsewhere: Awaited<ReturnType<World['signIn']>>;

beforeAll(async () => {
  world = await startWorld({ placesPerStart: 2 });
});
afterAll(() => world.close());
beforeEach(() => at('2026-11-23T08:40'));

/** Sets the clock; sessions do not live that long, so the staff sign in anew. */
async function at(time: string) {
  world.clock.set(time);
  const signIn = async (role: 'clerk' | 'department-head', department: string) =>
    world.signIn((await world.staff(role, department)).id, { audience: 'staff' });
  head = await signIn('department-head', DEPARTMENT_1);
  clerk = await signIn('clerk', DEPARTMENT_1);
  headElsewhere = await signIn('department-head', DEPARTMENT_2);
}

const key = () => world.random.id(world.clock.now());
const trip = (from: string, until = from) => ({
  from: plainDate(from),
  until: plainDate(until),
  kind: 'trip' as const,
  reason: 'Астанадағы оқу',
});

async function citizen(unitCode?: string) {
  const person = await world.person(unitCode ? { unitCode } : {});
  const form = await world.form(person.id);
  await world.consent(person.id);
  return { person, form, ...(await world.signIn(person.id)) };
}
async function booked(day: string, startsAt = '09:00', unitCode?: string) {
  const someone = await citizen(unitCode);
  const answer = await someone.client.queue.bookPlace({
    formId: someone.form.id,
    day,
    startsAt,
    requestKey: key(),
  });
  if (!answer.ok) throw new Error(answer.refusal);
  return { ...someone, bookingId: answer.bookingId };
}
/** Closes a period without anybody in its way. */
async function close(from: string, until = from) {
  const answer = await head.client.closures.close({ ...trip(from, until), shown: '', move: false });
  if (!answer.ok) throw new Error(answer.refusal);
  return answer;
}
const openPlacesOf = (day: string, departmentId = DEPARTMENT_1) =>
  world.db.$count(
    places,
    and(
      eq(places.departmentId, departmentId),
      eq(places.day, plainDate(day)),
      isNull(places.closedByTrip),
      isNull(places.bookingId),
    ),
  );
const tripsOf = (from: string) =>
  world.db
    .select()
    .from(businessTrips)
    .where(eq(businessTrips.from, plainDate(from)));

describe('closing a period without bookings', () => {
  it('EQ-03, EQ-09: it is closed at once: no place of these days can be booked, other days and departments stay open', async () => {
    const answer = await close('2026-11-30', '2026-12-01');
    expect(answer).toMatchObject({ closedPlaces: 20, massMoveId: null });
    expect(await openPlacesOf('2026-11-30')).toBe(0);
    expect(await openPlacesOf('2026-12-01')).toBe(0);
    expect(await openPlacesOf('2026-12-02')).toBe(10);
    expect(await openPlacesOf('2026-12-01', DEPARTMENT_2)).toBe(10);
    const someone = await citizen();
    const times = await someone.client.queue.freeTimes({ formId: someone.form.id });
    expect(times.days.map(({ day }) => day)).not.toContain('2026-11-30');
    expect(
      await someone.client.queue.bookPlace({
        formId: someone.form.id,
        day: '2026-12-01',
        startsAt: '09:00',
        requestKey: key(),
      }),
    ).toMatchObject({ ok: false, refusal: 'time-taken' });
    const audit = await world.db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.subject, `closure:${answer.closureId}`));
    expect(audit).toMatchObject([
      { action: 'closures.close', actorRole: 'department-head', outcome: 'done' },
    ]);
  });

  it('EQ-03: a period in the past, one that ends before it begins, one too long and one that is closed already are refused and change nothing', async () => {
    await close('2026-12-03');
    const before = await world.db.$count(businessTrips);
    for (const [wish, refusal] of [
      [trip('2026-11-20', '2026-11-25'), 'in-the-past'],
      [trip('2026-12-10', '2026-12-09'), 'ends-before-it-begins'],
      [trip('2026-12-10', '2028-12-09'), 'too-long'],
      [trip('2026-12-02', '2026-12-03'), 'overlaps'],
    ] as const) {
      expect(await head.client.closures.preview(wish)).toEqual({ ok: false, refusal });
      expect(await head.client.closures.close({ ...wish, shown: '', move: false })).toEqual({
        ok: false,
        refusal,
      });
    }
    expect(await world.db.$count(businessTrips)).toBe(before);
    expect(await openPlacesOf('2026-12-02')).toBe(10);
  });

  it('EQ-03: a reason must be given and fit into a line', async () => {
    for (const reason of ['', '   ', 'x'.repeat(201)])
      await expect(head.client.closures.preview({ ...trip('2026-12-20'), reason })).rejects.toMatchObject({
        code: 'BAD_REQUEST',
      });
  });

  it('EQ-03: of ten who close the same days at once one succeeds', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        head.client.closures.close({ ...trip('2026-12-04'), shown: '', move: false }),
      ),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(
      answers.filter((answer) => !answer.ok).every((answer) => !answer.ok && answer.refusal === 'overlaps'),
    ).toBe(true);
    expect(await tripsOf('2026-12-04')).toHaveLength(1);
  });

  it('EQ-09: nobody slips in: while forty people book and the day is being closed, either it is closed without bookings or not at all', async () => {
    const people = await Promise.all(Array.from({ length: 40 }, () => citizen()));
    const day = '2026-12-08';
    const times = ['09:00', '10:00', '11:00', '12:00', '14:30'];
    const book = people.map((someone, index) =>
      someone.client.queue.bookPlace({
        formId: someone.form.id,
        day,
        startsAt: present(times[index % 5]),
        requestKey: key(),
      }),
    );
    const [closed, ...answers] = await Promise.all([
      head.client.closures.close({ ...trip(day), shown: '', move: false }),
      ...book,
    ]);
    const won = answers.filter((answer) => answer.ok).length;
    const standing = await world.db.$count(
      bookings,
      and(eq(bookings.day, plainDate(day)), eq(bookings.state, 'booked')),
    );
    expect(standing).toBe(won);
    if (closed.ok) expect(won).toBe(0);
    else {
      expect(closed.refusal).toBe('bookings-in-the-way');
      expect(await tripsOf(day)).toEqual([]);
      expect(await openPlacesOf(day)).toBe(10 - won);
    }
  });
});

describe('closing a period with bookings in its way', () => {
  it('K06: the preview lists them by initials with new times, and changes nothing', async () => {
    const day = '2026-12-09';
    const first = await booked(day, '10:00');
    world.clock.forward(1);
    const second = await booked(day, '09:00');
    const preview = await head.client.closures.preview(trip(day));
    if (!preview.ok) throw new Error(preview.refusal);
    expect(preview.freePlaces).toBe(8);
    expect(preview.arrived).toBe(0);
    expect(preview.bookings).toMatchObject([
      {
        bookingId: first.bookingId,
        turn: 1,
        initials: 'С. А.',
        hasPhone: true,
        proposed: { day: '2026-12-10', startsAt: '09:00' },
      },
      {
        bookingId: second.bookingId,
        turn: 2,
        initials: 'С. А.',
        hasPhone: true,
        proposed: { day: '2026-12-10', startsAt: '09:00' },
      },
    ]);
    expect(preview.messages.map(({ language, template }) => [language, template])).toEqual([['kk', 'moved']]);
    expect(preview.messages[0]?.text).toContain('09.12.26 күні қабылдамайды');
    expect(preview.messages[0]?.text).not.toContain('Сынақов');
    expect(await tripsOf(day)).toEqual([]);
    expect(await openPlacesOf(day)).toBe(8);
    const audit = await world.db
      .select()
      .from(auditEvents)
      .where(
        and(
          eq(auditEvents.subject, `booking:${first.bookingId}`),
          eq(auditEvents.action, 'closures.preview'),
        ),
      );
    expect(audit).toMatchObject([{ outcome: 'seen', personId: first.person.id }]);
  });

  it('K08: without a mass move nothing is closed; with it closure, move and its first step are saved together', async () => {
    const day = '2026-12-10';
    const someone = await booked(day, '14:30');
    const preview = await head.client.closures.preview(trip(day));
    if (!preview.ok) throw new Error(preview.refusal);
    expect(await head.client.closures.close({ ...trip(day), shown: preview.shown, move: false })).toEqual({
      ok: false,
      refusal: 'bookings-in-the-way',
    });
    expect(await tripsOf(day)).toEqual([]);
    expect(await openPlacesOf(day)).toBe(9);

    const answer = await head.client.closures.close({ ...trip(day), shown: preview.shown, move: true });
    if (!answer.ok) throw new Error(answer.refusal);
    const move = await clerk.client.massMove.progress({ id: present(answer.massMoveId) });
    expect(move).toMatchObject({
      state: 'running',
      stopped: false,
      counts: { all: 1, pending: 1 },
      items: [{ turn: 1, state: 'pending', old: { day, startsAt: '14:30' }, new: null }],
    });
    // Nobody can take the place that this person is about to leave.
    const [place] = await world.db.select().from(places).where(eq(places.bookingId, someone.bookingId));
    expect(place?.closedByTrip).toBe(answer.closureId);
  });

  it('K06: when somebody books or cancels after the preview, the closing is refused and the head sees the new list', async () => {
    const day = '2026-12-11';
    const leaver = await booked(day, '09:00');
    await booked(day, '10:00');
    const preview = await head.client.closures.preview(trip(day));
    if (!preview.ok) throw new Error(preview.refusal);
    await leaver.client.queue.cancelBooking({ bookingId: leaver.bookingId });
    expect(await head.client.closures.close({ ...trip(day), shown: preview.shown, move: true })).toEqual({
      ok: false,
      refusal: 'bookings-changed',
    });
    await booked(day, '12:00');
    expect(await head.client.closures.close({ ...trip(day), shown: preview.shown, move: true })).toEqual({
      ok: false,
      refusal: 'bookings-changed',
    });
    expect(await tripsOf(day)).toEqual([]);
    expect(await world.db.$count(massMoves, eq(massMoves.from, plainDate(day)))).toBe(0);
  });

  it('EQ-14: today can be closed: who has arrived is received, who is still expected is moved', async () => {
    await at('2026-12-14T08:00');
    const here = await booked('2026-12-14', '09:00');
    await booked('2026-12-14', '10:00');
    expect(await clerk.client.desk.markArrival({ bookingId: here.bookingId })).toMatchObject({ ok: true });
    await at('2026-12-14T10:05');
    const preview = await head.client.closures.preview({ ...trip('2026-12-14'), kind: 'closed' });
    if (!preview.ok) throw new Error(preview.refusal);
    expect(preview.arrived).toBe(1);
    expect(preview.bookings).toMatchObject([
      { startsAt: '10:00', proposed: { day: '2026-12-15', startsAt: '09:00' } },
    ]);
    // Starts of this morning are over; they are no loss.
    expect(preview.freePlaces).toBe(6);
    expect(
      await head.client.closures.close({ ...trip('2026-12-14'), shown: preview.shown, move: true }),
    ).toMatchObject({ ok: true });
    expect(
      await clerk.client.desk.changeVisit({
        visitId: await visitOf(clerk, here.bookingId),
        event: 'call',
        room: '14',
      }),
    ).toMatchObject({
      ok: true,
    });
  });

  it('EQ-03: a day off that the calendar brings later closes places in the same way', async () => {
    const day = plainDate('2026-12-17');
    const wish = {
      departmentId: DEPARTMENT_1,
      from: day,
      until: day,
      reason: 'Мереке',
      closedBy: present(present((await head.call()).caller).personId),
      at: world.clock.now(),
    };
    const closed = await world.db.transaction((tx) =>
      closeDepartment(world.deps, tx, { ...wish, kind: 'calendar', shown: null }),
    );
    expect(closed).toMatchObject({ ok: true, value: { closedPlaces: 10, bookings: 0 } });
    expect(await openPlacesOf('2026-12-17')).toBe(0);
    if (!closed.ok) throw new Error(closed.refusal);
    expect(await head.client.closures.takeBack({ id: closed.value.closureId })).toEqual({
      ok: false,
      refusal: 'by-calendar',
    });
  });
});

async function visitOf(of: typeof clerk, bookingId: string): Promise<string> {
  const day = await of.client.desk.day({});
  return present(day.waiting.find((row) => row.bookingId === bookingId)?.visitId);
}

describe('taking a closure back', () => {
  it('EQ-09: its places can be booked again, also those of a schedule published meanwhile', async () => {
    const { closureId } = await close('2026-12-21', '2026-12-22');
    // As if the schedule had come after the closure: the day was left out.
    await world.owner
      .delete(places)
      .where(and(eq(places.departmentId, DEPARTMENT_1), eq(places.day, plainDate('2026-12-22'))));
    expect(
      await materialisePlaces(world.db, DEPARTMENT_1, plainDate('2026-12-22'), plainDate('2026-12-22')),
    ).toBe(0);

    const answer = await head.client.closures.takeBack({ id: closureId });
    expect(answer).toEqual({ ok: true, openedPlaces: 20 });
    expect(await openPlacesOf('2026-12-21')).toBe(10);
    expect(await openPlacesOf('2026-12-22')).toBe(10);
    expect(await head.client.closures.takeBack({ id: closureId })).toEqual({
      ok: false,
      refusal: 'taken-back-before',
    });
    expect(await booked('2026-12-21', '11:00')).toBeTruthy();
    expect(await close('2026-12-22')).toMatchObject({ closedPlaces: 10 });
  });

  it('EQ-09: of a closure that has begun only the days from today on open again; one that is over stays', async () => {
    await at('2026-12-23T08:00');
    const { closureId } = await close('2026-12-23', '2026-12-25');
    const { closureId: short } = await close('2026-12-28');
    await at('2026-12-24T08:00');
    expect(await head.client.closures.takeBack({ id: closureId })).toEqual({ ok: true, openedPlaces: 20 });
    expect(await openPlacesOf('2026-12-23')).toBe(0);
    await at('2026-12-29T08:00');
    expect(await head.client.closures.takeBack({ id: short })).toEqual({
      ok: false,
      refusal: 'already-over',
    });
  });

  it('T02: another department neither sees nor opens it', async () => {
    const { closureId } = await close('2027-01-05');
    await expect(headElsewhere.client.closures.takeBack({ id: closureId })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(headElsewhere.client.closures.closure({ id: closureId })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(
      (await headElsewhere.client.closures.week({ day: '2027-01-05' })).closures.map(({ id }) => id),
    ).not.toContain(closureId);
    expect(await clerk.client.closures.closure({ id: closureId })).toMatchObject({
      from: '2027-01-05',
      reason: 'Астанадағы оқу',
      takeBackRefusal: null,
      mayTakeBack: false,
    });
  });
});

describe('the week of a department', () => {
  it('K06, EQ-09: every day says by a word why nobody is received, every start how many places are taken', async () => {
    await at('2026-12-14T07:00');
    const clerk2 = await world.signIn((await world.staff('clerk', DEPARTMENT_2)).id, { audience: 'staff' });
    const head2 = headElsewhere;
    await booked('2026-12-15', '09:00', UNIT_2);
    await booked('2026-12-15', '10:00', UNIT_2);
    await booked('2026-12-15', '10:00', UNIT_2);
    expect(
      await head2.client.closures.close({ ...trip('2026-12-17', '2026-12-18'), shown: '', move: false }),
    ).toMatchObject({ ok: true });

    const week = await clerk2.client.closures.week({ day: '2026-12-19' });
    expect(week.monday).toBe('2026-12-14');
    expect(week.startTimes).toEqual(['09:00', '10:00', '11:00', '12:00', '14:30']);
    expect(week.days.map(({ day, state }) => [day, state])).toEqual([
      ['2026-12-14', 'reception'],
      ['2026-12-15', 'reception'],
      ['2026-12-16', 'holiday'],
      ['2026-12-17', 'closed'],
      ['2026-12-18', 'closed'],
      ['2026-12-19', 'weekend'],
      ['2026-12-20', 'weekend'],
    ]);
    const tuesday = present(week.days[1]);
    expect(tuesday.cells.map(({ state, booked, places }) => [state, booked, places])).toEqual([
      ['partly', 1, 2],
      ['full', 2, 2],
      ['free', 0, 2],
      ['free', 0, 2],
      ['free', 0, 2],
    ]);
    expect(week.days[2]?.name?.kk).toBe('Тәуелсіздік күні');
    expect(week.days[3]?.closure).toMatchObject({ kind: 'trip', reason: 'Астанадағы оқу' });
    expect(week.mayClose).toBe(false);
    expect(
      (await head2.client.closures.week({ day: '2026-12-19' })).days.map(({ canClose }) => canClose),
    ).toEqual([true, true, false, false, false, false, false]);
    expect((await head2.client.closures.week({ day: '2027-03-01' })).days[0]?.state).toBe('no-schedule');
  });

  it('EQ-09: no place of a closed day is ever free, whatever these tests did', async () => {
    const rows = await world.db
      .select({ day: places.day, startsAt: places.startsAt, trip: businessTrips })
      .from(places)
      .innerJoin(
        businessTrips,
        and(
          eq(businessTrips.departmentId, places.departmentId),
          between(places.day, businessTrips.from, businessTrips.until),
        ),
      )
      .where(and(isNull(businessTrips.cancelledAt), isNull(places.closedByTrip)));
    expect(rows.filter((row) => toInstant(row.day, plainTime(row.startsAt)) > world.clock.now())).toEqual([]);
    expect(await world.db.$count(places, isNotNull(places.closedByTrip))).toBeGreaterThan(0);
  });
});
