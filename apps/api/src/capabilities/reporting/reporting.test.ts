import { auditEvents, bookings, messages, places, publishedWeeks, visits } from '@mse/db/schema';
import type { BookingState } from '@mse/domain/queue';
import { addDays, addMinutes, type PlainDate, plainDate, plainTime, toInstant } from '@mse/domain/shared';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEPARTMENT_1, DEPARTMENT_2, startWorld, type World } from '../../../test/harness.ts';
import { present } from '../../../test/present.ts';
import { publishWeeks } from './publish-weeks.ts';

/** Friday 27 November 2026, the week of 23 November behind it. */
const MONDAY = plainDate('2026-11-23');
let world: World;
let administrator: Awaited<ReturnType<World['signIn']>>;
let clerk: Awaited<ReturnType<World['signIn']>>;

beforeAll(async () => {
  world = await startWorld({ now: '2026-11-16T08:00', placesPerStart: 20 });
  world.clock.set('2026-11-27T18:00');
  administrator = await world.signIn((await world.staff('portal-administrator')).id, { audience: 'staff' });
  clerk = await world.signIn((await world.staff('clerk', DEPARTMENT_1)).id, { audience: 'staff' });
  // Department 1: three came, one of them called late, one did not come, one cancelled; one more through the live queue.
  await booked(DEPARTMENT_1, MONDAY, 'served', {
    acceptedDaysBefore: 3,
    calledAfter: 0,
    message: 'delivered',
  });
  await booked(DEPARTMENT_1, MONDAY, 'served', {
    acceptedDaysBefore: 4,
    calledAfter: 15,
    message: 'delivered',
  });
  await booked(DEPARTMENT_1, addDays(MONDAY, 1), 'arrived', { acceptedDaysBefore: 10, calledAfter: 16 });
  await booked(DEPARTMENT_1, addDays(MONDAY, 1), 'annulled', {
    acceptedDaysBefore: 0,
    message: 'undelivered',
  });
  await booked(DEPARTMENT_1, addDays(MONDAY, 2), 'cancelled', { acceptedDaysBefore: 1, message: 'queued' });
  await booked(DEPARTMENT_1, addDays(MONDAY, 2), 'moved', { acceptedDaysBefore: 1 });
  await live(DEPARTMENT_1, MONDAY);
  // Department 2: two came.
  await booked(DEPARTMENT_2, MONDAY, 'served', { acceptedDaysBefore: 20, calledAfter: 5 });
  await booked(DEPARTMENT_2, MONDAY, 'served', { acceptedDaysBefore: 22, calledAfter: 5 });
});
afterAll(() => world.close());

const ten = plainTime('10:00');

/** A booking at ten o'clock with its form, and for those who came the visit: called so many minutes after the start, done half an hour later. */
async function booked(
  departmentId: string,
  day: PlainDate,
  state: BookingState,
  facts: {
    acceptedDaysBefore: number;
    calledAfter?: number;
    message?: 'delivered' | 'undelivered' | 'queued';
  },
) {
  const person = await world.person();
  const startsInstant = toInstant(day, ten);
  // One minute before midnight is still that day in Kazakhstan.
  const acceptedAt = toInstant(addDays(day, -facts.acceptedDaysBefore), plainTime('23:59'));
  const form = await world.form(person.id, { acceptedAt });
  const [place] = await world.db
    .select()
    .from(places)
    .where(and(eq(places.departmentId, departmentId), eq(places.day, day), eq(places.startsAt, ten)))
    .limit(1);
  const at = world.clock.now();
  const id = world.random.id(at);
  await world.db.insert(bookings).values({
    id,
    formId: form.id,
    personId: person.id,
    bookedBy: person.id,
    requestKey: world.random.id(at),
    placeId: present(
      (
        await world.db
          .insert(places)
          .values({
            departmentId,
            day,
            startsAt: ten,
            placeNo: 100 + world.random.below(20_000),
            dayNo: 200 + world.random.below(20_000),
            bookingId: id,
          })
          .returning({ id: places.id })
      )[0] ?? place,
    ).id,
    departmentId,
    day,
    startsAt: ten,
    startsInstant,
    ticketNo: `T-${id}`,
    ticketCode: id,
    state,
    createdAt: acceptedAt,
    stateAt: at,
  });
  if (facts.calledAfter !== undefined) {
    const calledAt = addMinutes(startsInstant, facts.calledAfter);
    await world.db.insert(visits).values({
      id: world.random.id(at),
      departmentId,
      day,
      kind: 'booked',
      bookingId: id,
      formId: form.id,
      personId: person.id,
      ticketNo: `T-${id}`,
      startsInstant,
      state: state === 'served' ? 'done' : 'in-service',
      arrivedAt: addMinutes(startsInstant, -10),
      calledAt,
      startedAt: calledAt,
      finishedAt: state === 'served' ? addMinutes(calledAt, 30) : null,
    });
  }
  if (facts.message)
    await world.db.insert(messages).values({
      id: world.random.id(at),
      personId: person.id,
      template: 'sms-2',
      language: 'kk',
      bookingId: id,
      phone: person.phone,
      onceKey: `test:${id}`,
      state: facts.message,
      createdAt: addMinutes(startsInstant, -60),
      dueAt: at,
      stateAt: at,
    });
}

async function live(departmentId: string, day: PlainDate) {
  const person = await world.person();
  const form = await world.form(person.id);
  const at = toInstant(day, plainTime('11:00'));
  await world.db.insert(visits).values({
    id: world.random.id(at),
    departmentId,
    day,
    kind: 'live',
    formId: form.id,
    personId: person.id,
    ticketNo: 'L-01',
    state: 'done',
    arrivedAt: at,
    calledAt: addMinutes(at, 30),
    startedAt: addMinutes(at, 30),
    finishedAt: addMinutes(at, 60),
  });
}

const week = { kind: 'week', on: '2026-11-27' } as const;

describe('reports', () => {
  it('K10: a clerk reads the own department’s week: bookings, waits, no-shows, punctuality, speed, live queue, SMS', async () => {
    const report = await clerk.client.reporting.report(week);
    expect(report).toMatchObject({ from: '2026-11-23', until: '2026-11-29', whole: false, regions: [] });
    expect(report.department?.number).toBe(1);
    expect(report.departments.map(({ number }) => number)).toEqual([1]);
    expect(report.total.outcomes).toEqual({ kept: 3, missed: 1, cancelled: 1, ahead: 0 });
    expect(report.total.indicators).toEqual({
      bookings: 5,
      // 0, 3, 4 and 10 days; the cancelled one waited for nothing.
      'waiting-days': 3.5,
      // Friday evening: the next place is on Monday.
      'next-free-days': 3,
      'no-show-share': 0.25,
      // Called at +0 and +15 in time, at +16 late.
      'punctual-share': 2 / 3,
      // Monday 10:00 to 12:00, three people.
      'served-per-hour': 1.5,
      'live-share': 0.25,
      'cancelled-share': 0.2,
      // Of three that are settled.
      'delivered-share': 2 / 3,
    });
  });

  it('K10: the parts of the week add up to it', async () => {
    const { slices, total } = await clerk.client.reporting.report(week);
    expect(slices.map(({ from }) => from)).toEqual(
      Array.from({ length: 7 }, (_, index) => addDays(MONDAY, index)),
    );
    expect(slices.map(({ indicators }) => indicators.bookings)).toEqual([2, 2, 1, 0, 0, 0, 0]);
    expect(slices[1]?.indicators['no-show-share']).toBe(0.5);
    expect(slices.reduce((sum, slice) => sum + slice.outcomes.kept, 0)).toBe(total.outcomes.kept);
  });

  it('P11: the administrator reads all departments, and sums are made of counts, not of shares', async () => {
    const report = await administrator.client.reporting.report(week);
    expect(report).toMatchObject({ whole: true, department: null, region: null });
    expect(report.departments.map(({ number, indicators }) => [number, indicators.bookings])).toEqual([
      [1, 5],
      [2, 2],
    ]);
    expect(report.total.indicators).toMatchObject({
      bookings: 7,
      'no-show-share': 1 / 6,
      // 0, 3, 4, 10, 20, 22.
      'waiting-days': 7,
      'next-free-days': null,
    });
    const one = await administrator.client.reporting.report({ ...week, department: 2 });
    expect(one).toMatchObject({ department: { number: 2 }, total: { outcomes: { kept: 2, missed: 0 } } });
    const region = await administrator.client.reporting.report({ ...week, region: '11' });
    expect(region.total).toEqual(report.total);
  });

  it('P11: a region without a department is empty, a department that is not there is not found', async () => {
    const empty = await administrator.client.reporting.report({ ...week, region: '75' });
    expect(empty).toMatchObject({ departments: [], total: { indicators: { bookings: 0 } } });
    await expect(administrator.client.reporting.report({ ...week, department: 99 })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('T02: a clerk asks for another department or region in vain', async () => {
    await expect(clerk.client.reporting.report({ ...week, department: 2 })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(
      clerk.client.reporting.export({ ...week, region: '75', format: 'csv' }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('K10: periods nobody can have counted are wrong input', async () => {
    for (const on of ['2019-12-31', '2100-01-01', '2026-02-30'])
      await expect(clerk.client.reporting.report({ on })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect((await clerk.client.reporting.report({ kind: 'quarter', on: '2020-01-01' })).before).toBeNull();
  });

  it('EQ-14: a repeated call does not hide a late first one, and a call taken back is none', async () => {
    const [visit] = await world.db.select().from(visits).where(eq(visits.kind, 'live'));
    const { id, calledAt } = present(visit);
    const first = async () =>
      (await world.db.select().from(visits).where(eq(visits.id, id)))[0]?.firstCalledAt ?? null;
    await world.db
      .update(visits)
      .set({ calledAt: addMinutes(present(calledAt), 20) })
      .where(eq(visits.id, id));
    expect(await first()).toEqual(calledAt);
    await world.db.update(visits).set({ calledAt: null }).where(eq(visits.id, id));
    expect(await first()).toBeNull();
    await world.db.update(visits).set({ calledAt }).where(eq(visits.id, id));
    expect(await first()).toEqual(calledAt);
  });

  it('K10: the report as a file speaks the reader’s language, and the audit knows who took it', async () => {
    const ru = await world.signIn((await world.staff('clerk', DEPARTMENT_1)).id, {
      audience: 'staff',
      language: 'ru',
    });
    const { name, file } = await ru.client.reporting.export({ ...week, format: 'csv' });
    expect(name).toBe('report-week-2026-11-23-department-1.csv');
    const lines = Buffer.from(file, 'base64').toString('utf8').split('\r\n');
    expect(lines[0]).toContain('Где;Период;Записи;Пришли;Не явились;Отменили;Впереди;');
    expect(lines[1]).toBe('Всего;23.11.2026–29.11.2026;5;3;1;1;0;3,5;3;25;66,67;1,5;25;20;66,67');
    const xlsx = await ru.client.reporting.export({ ...week, format: 'xlsx' });
    expect(Buffer.from(xlsx.file, 'base64').subarray(0, 2).toString()).toBe('PK');
    const rows = await world.db.select().from(auditEvents).where(eq(auditEvents.action, 'reporting.export'));
    expect(rows.map(({ subject }) => subject)).toContain('report-file:week:2026-11-23:department-1:xlsx');
  });
});

describe('public figures', () => {
  const anybody = () => world.client(null);

  it('C36: nothing is shown before a week is over', async () => {
    expect(await publishWeeks(world.deps, world.clock.now())).toBe(0);
    expect(await anybody().reporting.publicFigures({})).toEqual({ updatedAt: null, weeks: [], chosen: null });
  });

  it('C36: a week is published once, when nothing of it is undecided, with small numbers hidden', async () => {
    for (let count = 0; count < 40; count += 1)
      await booked(DEPARTMENT_2, addDays(MONDAY, 3), 'served', { acceptedDaysBefore: 8, calledAfter: 1 });
    await booked(DEPARTMENT_2, addDays(MONDAY, 3), 'booked', { acceptedDaysBefore: 8 });
    world.clock.set('2026-11-30T00:00');
    expect(await publishWeeks(world.deps, world.clock.now())).toBe(0);
    await world.db.update(bookings).set({ state: 'annulled' }).where(eq(bookings.state, 'booked'));
    expect(await publishWeeks(world.deps, world.clock.now())).toBe(1);
    const { weeks, chosen, updatedAt } = await anybody().reporting.publicFigures({});
    expect(updatedAt).toBe('2026-11-29T19:00:00.000Z');
    expect(weeks.map(({ from }) => from)).toEqual(['2026-11-23']);
    // 45 came, two did not, one cancelled: two and one are small, and so is anything that would tell them.
    expect(chosen?.country).toMatchObject({
      total: 48,
      outcomes: { kept: null, missed: null, cancelled: null },
      noShowShare: null,
      waitingDays: 8,
    });
    expect(chosen?.regions).toEqual([{ regionCode: '11', ...chosen?.country }]);
    expect(await anybody().reporting.publicFigures({ week: '2026-11-23' })).toMatchObject({ chosen });
    await expect(anybody().reporting.publicFigures({ week: '2026-11-16' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('T33: a week once published never changes, whatever is mended later: two versions could be subtracted', async () => {
    const before = await anybody().reporting.publicFigures({});
    await booked(DEPARTMENT_1, addDays(MONDAY, 2), 'served', { acceptedDaysBefore: 1, calledAfter: 0 });
    expect(await publishWeeks(world.deps, world.clock.now())).toBe(0);
    expect(await anybody().reporting.publicFigures({})).toEqual(before);
    await expect(world.db.update(publishedWeeks).set({ kept: 1 })).rejects.toThrow();
    await expect(world.db.delete(publishedWeeks)).rejects.toThrow();
  });

  it('T33: the file holds just what the page shows', async () => {
    const { file } = await world.client(null, 'en').reporting.exportPublicFigures();
    const lines = Buffer.from(file, 'base64').toString('utf8').trim().split('\r\n');
    expect(lines.slice(1)).toEqual([
      '23.11.2026–29.11.2026;The whole country;48;hidden;hidden;hidden;;8',
      '23.11.2026–29.11.2026;Akmola region;48;hidden;hidden;hidden;;8',
    ]);
  });
});
