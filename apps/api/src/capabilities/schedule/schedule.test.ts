import {
  auditEvents,
  bookings,
  businessTrips,
  places,
  receptionSchedules,
  startTimesSpreads,
} from '@mse/db/schema';
import { plainDate, plainTime } from '@mse/domain/shared';
import { and, asc, eq, gte, isNull, lte, sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEPARTMENT_1, DEPARTMENT_2, startWorld, type World } from '../../../test/harness.ts';
import { present } from '../../../test/present.ts';
import { spreadStartTimes } from './spread-start-times.ts';

let world: World;
let head: Awaited<ReturnType<World['signIn']>>;

beforeEach(async () => {
  world = await startWorld({ now: '2026-11-23T08:40', placesPerStart: 2, horizonDays: 25 });
  head = await headOf(DEPARTMENT_1);
});
afterEach(() => world.close());

const headOf = async (departmentId: string) =>
  world.signIn((await world.staff('department-head', departmentId)).id, { audience: 'staff' });
const period = (from: string, until: string, placesPerStart = 1) => ({ from, until, placesPerStart });
const wholeYear = (placesPerStart = 1) => [period('2027-01-01', '2027-12-31', placesPerStart)];

async function preview(year: number, periods: ReturnType<typeof period>[]) {
  const answer = await head.client.schedule.preview({ year, periods });
  if (!answer.ok) throw new Error(answer.refusal);
  return answer;
}

async function publish(year: number, periods: ReturnType<typeof period>[]) {
  const { seen } = await preview(year, periods);
  const answer = await head.client.schedule.publish({ year, periods, seen });
  if (!answer.ok) throw new Error(answer.refusal);
  return answer;
}

const placesOf = (from: string, until: string, departmentId = DEPARTMENT_1) =>
  world.db
    .select()
    .from(places)
    .where(
      and(
        eq(places.departmentId, departmentId),
        gte(places.day, plainDate(from)),
        lte(places.day, plainDate(until)),
      ),
    )
    .orderBy(asc(places.day), asc(places.dayNo));
const open = <Place extends { closedByTrip: string | null }>(rows: Place[]) =>
  rows.filter((place) => place.closedByTrip === null);

async function bookAt(day: string, startsAt: string) {
  const person = await world.person();
  const form = await world.form(person.id);
  await world.consent(person.id);
  const citizen = await world.signIn(person.id);
  const answer = await citizen.client.queue.bookPlace({
    formId: form.id,
    day,
    startsAt,
    requestKey: crypto.randomUUID(),
  });
  if (!answer.ok) throw new Error(answer.refusal);
  return { ...answer, citizen };
}

describe('the schedule of a year', () => {
  it('EQ-02, EQ-04: a published year has five start times on every working day, none on weekends and holidays', async () => {
    const shown = await preview(2027, wholeYear());
    // 2027 has 261 weekdays; the tests know no holiday in it.
    expect(shown.totals).toEqual({ added: 261 * 5, reopened: 0, withdrawn: 0, kept: 0 });
    expect(shown.months).toHaveLength(12);
    expect(shown.months[0]).toEqual({
      month: '2027-01',
      daysBefore: 0,
      daysAfter: 21,
      placesBefore: 0,
      placesAfter: 105,
      booked: 0,
    });
    expect(shown.takenOut).toEqual({ weekends: 104, days: [], closures: [] });
    expect(shown.calendarDays).toBe(0);
    expect(await placesOf('2027-01-01', '2027-12-31')).toEqual([]);
    expect((await publish(2027, wholeYear())).totals.added).toBe(261 * 5);
    const made = await placesOf('2027-01-01', '2027-12-31');
    expect(made).toHaveLength(261 * 5);
    expect(made.slice(0, 6).map((place) => `${place.day} ${place.startsAt} ${place.dayNo}`)).toEqual([
      '2027-01-01 09:00 1',
      '2027-01-01 10:00 2',
      '2027-01-01 11:00 3',
      '2027-01-01 12:00 4',
      '2027-01-01 14:30 5',
      '2027-01-04 09:00 1',
    ]);
    const year = await head.client.schedule.year({ year: 2027 });
    expect(year).toMatchObject({
      inForce: wholeYear(),
      coverage: 'whole',
      uncoveredDays: 0,
      outdated: false,
    });
  });

  it('EQ-03: trips and days off of the calendar are taken out and named', async () => {
    await world.db.insert(businessTrips).values({
      id: world.random.id(world.clock.now()),
      departmentId: DEPARTMENT_1,
      from: plainDate('2027-02-05'),
      until: plainDate('2027-02-08'),
      reason: 'Ақкөл',
    });
    await world.owner.execute(
      sql`insert into calendar_day values ('2027-03-08', 'holiday', '{"kk":"8 наурыз","ru":"8 Марта","en":"8 March"}', 'law')`,
    );
    const shown = await preview(2027, wholeYear());
    expect(shown.totals.added).toBe((261 - 2 - 1) * 5);
    expect(shown.takenOut.closures).toEqual([
      { from: '2027-02-05', until: '2027-02-08', kind: 'trip', reason: 'Ақкөл', days: 2 },
    ]);
    expect(shown.takenOut.days.map((day) => day.date)).toEqual(['2027-03-08']);
    await publish(2027, wholeYear());
    expect(await placesOf('2027-02-05', '2027-02-08')).toEqual([]);
    expect(await placesOf('2027-03-08', '2027-03-08')).toEqual([]);
  });

  it('EQ-04: publishing the same again, or twice at once, has one effect', async () => {
    const periods = wholeYear();
    const { seen } = await preview(2027, periods);
    const other = await headOf(DEPARTMENT_1);
    const answers = await Promise.all(
      [head, other, head, other].map((one) => one.client.schedule.publish({ year: 2027, periods, seen })),
    );
    expect(answers.map((answer) => answer.ok && answer.changed).sort()).toEqual([false, false, false, true]);
    expect(await placesOf('2027-01-01', '2027-12-31')).toHaveLength(261 * 5);
    expect((await publish(2027, periods)).changed).toBe(false);
    const rows = await world.db
      .select()
      .from(receptionSchedules)
      .where(
        and(
          eq(receptionSchedules.departmentId, DEPARTMENT_1),
          gte(receptionSchedules.from, plainDate('2027-01-01')),
        ),
      );
    expect(rows).toHaveLength(1);
    expect(await world.db.$count(auditEvents, eq(auditEvents.action, 'schedule.publish'))).toBe(1);
  });

  it('EQ-04: of two different publications made from one preview the second is refused and changes nothing', async () => {
    const { seen } = await preview(2027, wholeYear());
    const answers = await Promise.all([
      head.client.schedule.publish({ year: 2027, periods: wholeYear(1), seen }),
      head.client.schedule.publish({ year: 2027, periods: wholeYear(2), seen }),
    ]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.find((answer) => !answer.ok)).toEqual({ ok: false, refusal: 'changed-meanwhile' });
    const inForce = (await head.client.schedule.year({ year: 2027 })).inForce;
    const perStart = present(inForce[0]).placesPerStart;
    expect(open(await placesOf('2027-01-01', '2027-12-31'))).toHaveLength(261 * 5 * perStart);
  });

  it('EQ-03: a schedule that overlaps itself is refused, by the page and by the database', async () => {
    const periods = [period('2027-01-01', '2027-06-30'), period('2027-06-30', '2027-12-31', 2)];
    expect(await head.client.schedule.preview({ year: 2027, periods })).toEqual({
      ok: false,
      refusal: 'overlaps-itself',
      period: 1,
    });
    expect(await head.client.schedule.publish({ year: 2027, periods, seen: 'x' })).toEqual({
      ok: false,
      refusal: 'overlaps-itself',
      period: 1,
    });
    expect(await placesOf('2027-01-01', '2027-12-31')).toEqual([]);
    const row = (from: string, until: string) => ({
      id: world.random.id(world.clock.now()),
      departmentId: DEPARTMENT_1,
      from: plainDate(from),
      until: plainDate(until),
      placesPerStart: 1,
    });
    await world.db.insert(receptionSchedules).values(row('2027-01-01', '2027-06-30'));
    await expect(
      world.db.insert(receptionSchedules).values(row('2027-06-30', '2027-12-31')),
    ).rejects.toThrow();
  });

  it.each([
    ['ends-before-it-begins', 2027, [period('2027-05-02', '2027-05-01')]],
    ['outside-year', 2027, [period('2026-12-31', '2027-05-01')]],
    ['day-passed', 2026, [period('2026-11-23', '2026-12-31')]],
    ['year-not-open', 2025, [period('2025-01-01', '2025-12-31')]],
    ['year-not-open', 2028, [period('2028-01-01', '2028-12-31')]],
    ['no-period', 2027, []],
  ] as const)('EQ-03: %s of %i is refused and changes nothing', async (refusal, year, periods) => {
    const before = await world.db.$count(places);
    const answer = await head.client.schedule.publish({ year, periods: [...periods], seen: 'x' });
    expect(answer).toMatchObject({ ok: false, refusal });
    expect(await world.db.$count(places)).toBe(before);
  });
});

describe('a schedule that changes', () => {
  it('EQ-03, EQ-10: fewer places per start withdraw the free ones; who has booked keeps the place, and after them it is not given again', async () => {
    const day = '2026-12-01';
    const first = await bookAt(day, '10:00');
    const second = await bookAt(day, '10:00');
    await bookAt(day, '12:00');
    const periods = [period('2026-11-24', '2026-12-18', 1)];
    const shown = await preview(2026, periods);
    expect(shown.inTheWay).toEqual([{ day, startsAt: '10:00', ticketNo: second.ticketNo }]);
    // 2 × 5 places on 18 working days without the holiday become 1 × 5.
    expect(shown.totals).toEqual({ added: 0, reopened: 0, withdrawn: 18 * 5, kept: 1 });
    await publish(2026, periods);

    const held = await world.db.select().from(bookings).orderBy(asc(bookings.createdAt));
    expect(held.map((booking) => booking.state)).toEqual(['booked', 'booked', 'booked']);
    expect(open(await placesOf('2026-11-24', '2026-12-18'))).toHaveLength(18 * 5);
    expect(open(await placesOf('2026-11-23', '2026-11-23'))).toHaveLength(10);
    expect((await publish(2026, periods)).changed).toBe(false);

    await second.citizen.client.queue.cancelBooking({ bookingId: second.bookingId });
    await first.citizen.client.queue.cancelBooking({ bookingId: first.bookingId });
    const atTen = await world.db
      .select()
      .from(places)
      .where(
        and(
          eq(places.departmentId, DEPARTMENT_1),
          eq(places.day, plainDate(day)),
          eq(places.startsAt, plainTime('10:00')),
          isNull(places.bookingId),
          isNull(places.closedByTrip),
        ),
      );
    expect(atTen).toHaveLength(1);
  });

  it('EQ-03: places that were withdrawn open again with their numbers when more are published', async () => {
    const before = await placesOf('2026-11-24', '2026-12-18');
    await publish(2026, [period('2026-11-24', '2026-12-18', 1)]);
    const back = await publish(2026, [period('2026-11-24', '2026-12-18', 2)]);
    expect(back.totals).toEqual({ added: 0, reopened: 18 * 5, withdrawn: 0, kept: 0 });
    expect(await placesOf('2026-11-24', '2026-12-18')).toEqual(before);
  });

  it('EQ-03: what a department does not want any more goes, the rest of the old schedule goes on', async () => {
    await publish(2027, [period('2027-01-01', '2027-06-30', 2), period('2027-07-01', '2027-12-31', 1)]);
    const narrowed = await publish(2027, [period('2027-03-01', '2027-12-31', 1)]);
    expect(narrowed.totals.added).toBe(0);
    expect(open(await placesOf('2027-01-01', '2027-02-28'))).toEqual([]);
    expect(open(await placesOf('2027-03-01', '2027-03-05'))).toHaveLength(25);
    const year = await head.client.schedule.year({ year: 2027 });
    expect(year.inForce).toEqual([period('2027-03-01', '2027-12-31', 1)]);
    expect(year.coverage).toBe('part');
    // What was published for the running year before is not touched.
    expect((await head.client.schedule.year({ year: 2026 })).inForce).toEqual([
      period('2026-11-23', '2026-12-18', 2),
    ]);
    expect(open(await placesOf('2026-11-23', '2026-12-18'))).toHaveLength(19 * 10);
  });

  it('EQ-03: the day page calls a day with withdrawn places a day of reception, and one outside the new schedule unscheduled', async () => {
    await publish(2026, [period('2026-11-24', '2026-12-11', 1)]);
    const kind = async (day: string) => (await head.client.desk.day({ day })).kind;
    expect([await kind('2026-12-01'), await kind('2026-12-14'), await kind('2026-12-12')]).toEqual([
      'reception',
      'no-schedule',
      'weekend',
    ]);
  });

  it('EQ-03: a place that a trip closed is not opened by a publication', async () => {
    await publish(2027, wholeYear(2));
    const id = world.random.id(world.clock.now());
    const day = plainDate('2027-02-05');
    await world.db.insert(businessTrips).values({ id, departmentId: DEPARTMENT_1, from: day, until: day });
    await world.db
      .update(places)
      .set({ closedByTrip: id })
      .where(and(eq(places.departmentId, DEPARTMENT_1), eq(places.day, day)));
    await publish(2027, wholeYear(1));
    await publish(2027, wholeYear(2));
    expect(open(await placesOf('2027-02-05', '2027-02-05'))).toEqual([]);
    expect((await placesOf('2027-02-05', '2027-02-05')).map((place) => place.closedByTrip)).toEqual(
      Array(10).fill(id),
    );
  });

  it('EQ-10: people who book while a schedule is published get a place or hear that it is gone; nobody gets two people', async () => {
    const people = await Promise.all(
      Array.from({ length: 12 }, async () => {
        const person = await world.person();
        const form = await world.form(person.id);
        await world.consent(person.id);
        return { formId: form.id, citizen: await world.signIn(person.id) };
      }),
    );
    const { seen } = await preview(2026, [period('2026-11-24', '2026-12-18', 1)]);
    const [published, ...answers] = await Promise.all([
      head.client.schedule.publish({ year: 2026, periods: [period('2026-11-24', '2026-12-18', 1)], seen }),
      ...people.map(({ formId, citizen }) =>
        citizen.client.queue.bookPlace({
          formId,
          day: '2026-12-02',
          startsAt: '09:00',
          requestKey: crypto.randomUUID(),
        }),
      ),
    ]);
    expect(published.ok).toBe(true);
    const given = answers.filter((answer) => answer.ok).length;
    expect(given).toBeGreaterThanOrEqual(1);
    expect(given).toBeLessThanOrEqual(2);
    expect(await world.db.$count(bookings, eq(bookings.state, 'booked'))).toBe(given);
    const rows = (await placesOf('2026-12-02', '2026-12-02')).filter((place) => place.startsAt === '09:00');
    expect(rows.filter((place) => place.bookingId)).toHaveLength(given);
    expect(rows.filter((place) => !place.bookingId && !place.closedByTrip)).toEqual([]);
  });
});

describe('a schedule that is missing', () => {
  it('EQ-04: from 1 December head and administrator are told, from 25 December that it is late; publication ends it', async () => {
    const admin = await world.staff('portal-administrator');
    const told = async (at: string) => {
      world.clock.set(at);
      const [own, all] = await Promise.all([
        (await headOf(DEPARTMENT_1)).client.schedule.warning(),
        (await world.signIn(admin.id, { audience: 'staff' })).client.schedule.warning(),
      ]);
      return [own.warning, own.departments, all.warning, all.departments, own.dueOn];
    };
    expect(await told('2026-11-30T23:59')).toEqual(['none', 0, 'none', 0, '2026-12-24']);
    expect(await told('2026-12-01T00:00')).toEqual(['due', 1, 'due', 2, '2026-12-24']);
    expect(await told('2026-12-24T23:59')).toEqual(['due', 1, 'due', 2, '2026-12-24']);
    expect(await told('2026-12-25T00:00')).toEqual(['overdue', 1, 'overdue', 2, '2026-12-24']);
    head = await headOf(DEPARTMENT_1);
    await publish(2027, wholeYear());
    expect(await told('2026-12-25T10:00')).toEqual(['none', 0, 'overdue', 1, '2026-12-24']);
  });

  it('EQ-04: the administrator sees the departments without next year first', async () => {
    await publish(2027, wholeYear());
    const admin = await world.signIn((await world.staff('portal-administrator')).id, { audience: 'staff' });
    const { departments, year } = await admin.client.schedule.departments({});
    expect(year).toBe(2027);
    expect(departments.map(({ number, coverage, places: count }) => [number, coverage, count])).toEqual([
      [2, 'none', 0],
      [1, 'whole', 261 * 5],
    ]);
    expect(departments[1]?.publishedAt).toBe(world.clock.now().toISOString());
  });

  it('EQ-04: a head sees and publishes the own department only', async () => {
    await publish(2027, wholeYear());
    const other = await headOf(DEPARTMENT_2);
    expect((await other.client.schedule.year({ year: 2027 })).inForce).toEqual([]);
    expect(await placesOf('2027-01-01', '2027-12-31', DEPARTMENT_2)).toEqual([]);
  });
});

describe('start times of the law', () => {
  const times = (validFrom: string, list: string[]) => ({ validFrom, times: list, basis: 'act № 1' });

  it('EQ-02: new start times hold for all departments from their day on; bookings at the old ones stay', async () => {
    const admin = await world.signIn((await world.staff('portal-administrator')).id, { audience: 'staff' });
    const booked = await bookAt('2026-12-03', '14:30');
    const input = times('2026-12-01', ['09:00', '10:00', '11:00', '12:00', '15:00']);
    expect(await admin.client.schedule.previewStartTimes(input)).toMatchObject({
      ok: true,
      before: ['09:00', '10:00', '11:00', '12:00', '14:30'],
      departments: [
        { number: 1, bookings: 1 },
        { number: 2, bookings: 0 },
      ],
    });
    expect(await admin.client.schedule.addStartTimes(input)).toEqual({ ok: true, departments: 2 });
    const spreadOf = async () => (await admin.client.schedule.startTimes()).rows[0]?.spread;
    expect(await spreadOf()).toMatchObject({ departments: 2, done: 0, finished: false });
    const [spread] = await world.db.select().from(startTimesSpreads);
    const { id } = present(spread);
    expect((await world.deps.jobs.fates(world.db, 'start-times.spread', [id])).get(id)).toBe('at-work');
    // Two workers at once: each department is served once.
    await Promise.all([spreadStartTimes(world.deps, id), spreadStartTimes(world.deps, id)]);
    // From 1 to 18 December there are 13 working days without the holiday, two departments, two places.
    const reached = { added: 52, reopened: 0, withdrawn: 52, kept: 1 };
    expect(await spreadOf()).toEqual({ departments: 2, done: 2, finished: true, totals: reached });
    expect(await spreadStartTimes(world.deps, id)).toBe(false);
    expect(await spreadOf()).toMatchObject({ totals: reached });
    const starts = new Set(open(await placesOf('2026-12-03', '2026-12-03')).map((place) => place.startsAt));
    expect([...starts].sort()).toEqual(['09:00', '10:00', '11:00', '12:00', '15:00']);
    expect((await booked.citizen.client.queue.myBooking({ bookingId: booked.bookingId })).booking.state).toBe(
      'booked',
    );
    expect((await admin.client.schedule.startTimes()).rows.map((row) => row.state)).toEqual([
      'future',
      'in-force',
    ]);
  });

  it.each([
    ['day-passed', times('2026-11-23', ['09:00'])],
    ['repeats', times('2026-12-01', ['09:00', '09:00'])],
    ['nothing-changes', times('2026-12-01', ['14:30', '09:00', '10:00', '11:00', '12:00'])],
  ])('EQ-02: %s is refused', async (refusal, input) => {
    const admin = await world.signIn((await world.staff('portal-administrator')).id, { audience: 'staff' });
    expect(await admin.client.schedule.addStartTimes(input)).toEqual({ ok: false, refusal });
    expect(await admin.client.schedule.previewStartTimes(input)).toEqual({ ok: false, refusal });
  });
});
