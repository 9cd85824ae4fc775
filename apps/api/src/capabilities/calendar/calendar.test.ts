import { auditEvents, bookings, businessTrips, calendarDays, places } from '@mse/db/schema';
import { plainDate } from '@mse/domain/shared';
import { and, eq, isNull } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closePlaces, openPlaces } from '../closures/close-places.ts';
import { DEPARTMENT_1, startWorld, type World } from '../../../test/harness.ts';
import { present } from '../../../test/present.ts';

let world: World;
let administrator: Awaited<ReturnType<World['signIn']>>;

beforeEach(async () => {
  world = await startWorld({ now: '2026-11-23T08:40', placesPerStart: 1, horizonDays: 30 });
  administrator = await world.signIn((await world.staff('portal-administrator')).id, { audience: 'staff' });
});
afterEach(() => world.close());

const TUESDAY = '2026-12-01';
const SATURDAY = '2026-12-05';
const entry = (date: string, kind: 'holiday' | 'day-off' | 'working') => ({
  date,
  kind,
  name: { kk: 'Ауыстырылған күн', ru: 'Перенесённый день', en: 'Moved day' },
  basis: 'order № 1',
});
const calendar = () => administrator.client.calendar;
const free = (date: string) =>
  world.db.$count(
    places,
    and(eq(places.day, plainDate(date)), isNull(places.bookingId), isNull(places.closedByTrip)),
  );

async function citizenWithForm() {
  const person = await world.person();
  const form = await world.form(person.id);
  await world.consent(person.id);
  return { formId: form.id, citizen: await world.signIn(person.id) };
}
async function book(date: string, startsAt = '10:00') {
  const { formId, citizen } = await citizenWithForm();
  const answer = await citizen.client.queue.bookPlace({
    formId,
    day: date,
    startsAt,
    requestKey: crypto.randomUUID(),
  });
  return { answer, citizen };
}

describe('a day that becomes free', () => {
  it('EQ-09: closes the free places of every department by a row of its own, and nobody can book them', async () => {
    expect(await calendar().previewDay({ date: TUESDAY, kind: 'day-off' })).toMatchObject({
      ok: true,
      effect: 'closes',
      departments: 2,
      places: 10,
      inTheWay: [],
    });
    expect(await free(TUESDAY)).toBe(10);
    expect(await calendar().setDay(entry(TUESDAY, 'day-off'))).toMatchObject({
      ok: true,
      changed: true,
      places: 10,
    });
    expect(await free(TUESDAY)).toBe(0);
    const closures = await world.db.select().from(businessTrips);
    expect(closures.map(({ kind, from, until, reason }) => `${kind} ${from} ${until} ${reason}`)).toEqual(
      Array(2).fill(`calendar ${TUESDAY} ${TUESDAY} order № 1`),
    );
    expect((await book(TUESDAY)).answer).toMatchObject({ ok: false, refusal: 'time-taken' });
    const { days } = await calendar().year({ year: 2026 });
    expect(days.find((day) => day.date === TUESDAY)).toMatchObject({
      kind: 'day-off',
      basis: 'order № 1',
      canChange: true,
    });
  });

  it('EQ-09: is refused while bookings are in the way, names them, and changes nothing; moved, they let it pass', async () => {
    const { answer, citizen } = await book(TUESDAY);
    if (!answer.ok) throw new Error(answer.refusal);
    const inTheWay = [{ department: 1, startsAt: '10:00', ticketNo: answer.ticketNo }];
    expect(await calendar().previewDay({ date: TUESDAY, kind: 'holiday' })).toMatchObject({
      inTheWay,
      places: 9,
    });
    expect(await calendar().setDay(entry(TUESDAY, 'holiday'))).toEqual({
      ok: false,
      refusal: 'bookings-in-the-way',
      inTheWay,
    });
    expect(await free(TUESDAY)).toBe(9);
    expect(await world.db.$count(calendarDays, eq(calendarDays.date, plainDate(TUESDAY)))).toBe(0);
    expect(await world.db.$count(businessTrips)).toBe(0);
    await citizen.client.queue.moveBooking({
      bookingId: answer.bookingId,
      day: '2026-12-02',
      startsAt: '10:00',
      requestKey: crypto.randomUUID(),
    });
    expect(await calendar().setDay(entry(TUESDAY, 'holiday'))).toMatchObject({ ok: true, places: 10 });
  });

  it('EQ-09: entered twice at once it has one effect; taken out, the same places are free again', async () => {
    const before = await world.db
      .select()
      .from(places)
      .where(eq(places.day, plainDate(TUESDAY)))
      .orderBy(places.id);
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => calendar().setDay(entry(TUESDAY, 'holiday'))),
    );
    expect(answers.map((answer) => answer.ok && answer.changed).sort()).toEqual([false, false, false, true]);
    expect(await world.db.$count(businessTrips)).toBe(2);
    expect(await world.db.$count(auditEvents, eq(auditEvents.action, 'calendar.setDay'))).toBe(1);
    expect(await calendar().previewDay({ date: TUESDAY, kind: null })).toMatchObject({
      effect: 'opens',
      places: 10,
    });
    expect(await calendar().removeDay({ date: TUESDAY })).toMatchObject({
      ok: true,
      effect: 'opens',
      places: 10,
    });
    expect(
      await world.db
        .select()
        .from(places)
        .where(eq(places.day, plainDate(TUESDAY)))
        .orderBy(places.id),
    ).toEqual(before);
    expect(await calendar().removeDay({ date: TUESDAY })).toEqual({ ok: false, refusal: 'not-in-calendar' });
  });

  it('EQ-09: of people who book while the day closes each is booked and blocks it, or is refused; nobody is dropped', async () => {
    const people = await Promise.all(Array.from({ length: 5 }, citizenWithForm));
    const starts = ['09:00', '10:00', '11:00', '12:00', '14:30'];
    const [closed, ...answers] = await Promise.all([
      calendar().setDay(entry(TUESDAY, 'holiday')),
      ...people.map(({ formId, citizen }, index) =>
        citizen.client.queue.bookPlace({
          formId,
          day: TUESDAY,
          startsAt: starts[index] ?? '09:00',
          requestKey: crypto.randomUUID(),
        }),
      ),
    ]);
    const given = answers.filter((answer) => answer.ok).length;
    expect(await world.db.$count(bookings, eq(bookings.state, 'booked'))).toBe(given);
    if (closed.ok) expect(given).toBe(0);
    else expect(given).toBeGreaterThan(0);
  });

  it('EQ-09: a day off within a trip stays closed when the trip is taken back, and a trip when the day off is', async () => {
    const closureId = world.random.id(world.clock.now());
    const day = plainDate(TUESDAY);
    const trip = { closureId, departmentId: DEPARTMENT_1, from: day, until: day };
    const row = { id: closureId, departmentId: DEPARTMENT_1, from: day, until: day };
    await world.db.transaction(async (tx) => {
      await tx.insert(businessTrips).values(row);
      await closePlaces(tx, trip);
    });
    await calendar().setDay(entry(TUESDAY, 'holiday'));
    await calendar().removeDay({ date: TUESDAY });
    expect(await free(TUESDAY)).toBe(5);
    await calendar().setDay(entry(TUESDAY, 'holiday'));
    await world.db.transaction(async (tx) => {
      await tx
        .update(businessTrips)
        .set({ cancelledAt: world.clock.now() })
        .where(eq(businessTrips.id, closureId));
      await openPlaces(tx, trip);
    });
    expect(await free(TUESDAY)).toBe(0);
    await calendar().removeDay({ date: TUESDAY });
    expect(await free(TUESDAY)).toBe(10);
  });

  it('EQ-03: a schedule published after the day off has no places on it, and has them when the day is taken out', async () => {
    const head = await world.signIn((await world.staff('department-head', DEPARTMENT_1)).id, {
      audience: 'staff',
    });
    await calendar().setDay(entry('2027-03-08', 'holiday'));
    const periods = [{ from: '2027-01-01', until: '2027-12-31', placesPerStart: 2 }];
    const shown = await head.client.schedule.preview({ year: 2027, periods });
    if (!shown.ok) throw new Error(shown.refusal);
    await head.client.schedule.publish({ year: 2027, periods, seen: shown.seen });
    expect(await free('2027-03-08')).toBe(0);
    expect(await calendar().removeDay({ date: '2027-03-08' })).toMatchObject({ departments: 1, places: 10 });
    expect(await free('2027-03-08')).toBe(10);
  });
});

describe('a weekend moved into work', () => {
  it('EQ-02: gives every department with a schedule its places; taken out, they close again', async () => {
    expect(await calendar().previewDay({ date: SATURDAY, kind: 'working' })).toMatchObject({
      effect: 'opens',
      departments: 2,
      places: 10,
    });
    expect(await calendar().setDay(entry(SATURDAY, 'working'))).toMatchObject({
      ok: true,
      departments: 2,
      places: 10,
    });
    expect(await free(SATURDAY)).toBe(10);
    expect((await book(SATURDAY)).answer.ok).toBe(true);
    expect(await calendar().removeDay({ date: SATURDAY })).toMatchObject({
      ok: false,
      refusal: 'bookings-in-the-way',
    });
    expect(await free(SATURDAY)).toBe(9);
  });
});

describe('the days that law wants in the calendar of a year', () => {
  it('EQ-02: are proposed with their source, change nothing, and count as entered once they are', async () => {
    const { year, days } = await calendar().proposal({});
    expect(year).toBe(2027);
    const of = (date: string) => days.find((day) => day.date === date);
    expect(of('2027-03-22')).toMatchObject({ kind: 'holiday', name: { en: 'Nauryz' }, state: 'new' });
    // 21 March 2027 is a Sunday, 2 January a Saturday.
    expect(of('2027-03-24')).toMatchObject({ kind: 'day-off', movedFrom: '2027-03-21', state: 'new' });
    expect(of('2027-01-04')).toMatchObject({ kind: 'day-off', movedFrom: '2027-01-02' });
    expect(of('2027-01-07')).toMatchObject({ kind: 'day-off', name: { en: 'Orthodox Christmas' } });
    expect(of('2027-03-15')).toMatchObject({ key: 'constitution-day' });
    expect(of('2027-08-30')).toBeUndefined();
    expect(days.at(-1)).toMatchObject({ key: 'kurban-ait', date: null, state: 'announced' });
    expect(days.every(({ basis }) => basis !== '')).toBe(true);
    expect(await world.db.$count(calendarDays)).toBe(1);

    for (const day of days.filter(({ date }) => date !== null && date <= '2027-03-24'))
      expect(
        await calendar().setDay({
          date: day.date ?? '',
          kind: day.kind,
          name: { kk: day.name.kk, ru: day.name.ru, en: day.name.en },
          basis: day.basis,
        }),
      ).toMatchObject({ ok: true, changed: true });
    await calendar().setDay({ ...entry('2027-05-16', 'holiday'), name: present(days.at(-1)).name });
    const again = (await calendar().proposal({ year: 2027 })).days;
    expect(
      again.filter(({ state }) => state === 'new').every(({ date }) => (date ?? '') > '2027-03-24'),
    ).toBe(true);
    expect(again.at(-1)?.state).toBe('entered');
  });

  it('EQ-02: say what entering them would close, and what is in their way', async () => {
    // The running year: Independence Day stands in the calendar, the rest has passed.
    const { days } = await calendar().proposal({ year: 2026 });
    expect(days.find(({ date }) => date === '2026-12-16')?.state).toBe('entered');
    expect(days.find(({ date }) => date === '2026-05-01')?.state).toBe('passed');
    await calendar().removeDay({ date: '2026-12-16' });
    await book('2026-12-16');
    expect(
      (await calendar().proposal({ year: 2026 })).days.find(({ date }) => date === '2026-12-16'),
    ).toMatchObject({ state: 'new', places: 9, bookings: 1 });
  });

  it('EQ-02: a day off on a weekend is needless, another kind on the day is said', async () => {
    await calendar().setDay(entry('2027-03-22', 'day-off'));
    expect((await calendar().proposal({})).days.find(({ date }) => date === '2027-03-22')?.state).toBe(
      'differs',
    );
    // 7 January 2028 is a Friday, of 2029 a Sunday.
    const christmas = async (year: number) =>
      (await calendar().proposal({ year })).days.find(({ key }) => key === 'christmas')?.state;
    expect([await christmas(2028), await christmas(2029)]).toEqual(['new', 'needless']);
  });
});

describe('entries that cannot be', () => {
  it.each([
    ['day-passed', entry('2026-11-23', 'holiday')],
    ['already-works', entry(TUESDAY, 'working')],
    ['already-off', entry(SATURDAY, 'day-off')],
  ])('EQ-02: %s is refused and changes nothing', async (refusal, input) => {
    expect(await calendar().setDay(input)).toEqual({ ok: false, refusal });
    expect(await calendar().previewDay({ date: input.date, kind: input.kind })).toEqual({
      ok: false,
      refusal,
    });
    expect(await world.db.$count(calendarDays)).toBe(1);
  });

  it('EQ-02: a corrected name or source touches no place', async () => {
    const corrected = { ...entry('2026-12-16', 'holiday'), basis: 'Labour Code, article 84' };
    expect(await calendar().setDay(corrected)).toEqual({
      ok: true,
      changed: true,
      effect: 'none',
      departments: 0,
      places: 0,
    });
    expect((await calendar().year({ year: 2026 })).days).toMatchObject([
      { date: '2026-12-16', basis: 'Labour Code, article 84' },
    ]);
  });
});
