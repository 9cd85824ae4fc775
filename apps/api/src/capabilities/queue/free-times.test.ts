import { bookings, businessTrips, places, queuePilots, receptionSchedules } from '@mse/db/schema';
import { addDays, plainDate } from '@mse/domain/shared';
import { and, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DEPARTMENT_1, DEPARTMENT_2, startWorld, UNIT_2, type World } from '../../../test/harness.ts';
import { materialisePlaces } from './materialise-places.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ placesPerStart: 2 });
});
afterAll(() => world.close());
beforeEach(() => world.clock.set('2026-11-23T08:40'));

async function ready(changes: Parameters<World['person']>[0] = {}) {
  const person = await world.person(changes);
  const form = await world.form(person.id);
  await world.consent(person.id);
  const { client } = await world.signIn(person.id);
  return { person, form, client };
}

describe('free times', () => {
  it('EQ-02, EQ-09: working days with the five starts and the number free, up to the last valid day of the form', async () => {
    const { client, form } = await ready({ unitCode: UNIT_2 });
    const free = await client.queue.freeTimes({ formId: form.id, days: 60 });
    expect(free.department?.id).toBe(DEPARTMENT_2);
    expect(free.formValidUntil).toBe('2026-12-23');
    expect(free.nearest).toEqual({ day: '2026-11-23', startsAt: '09:00' });
    expect(free.days[1]?.times).toEqual(
      ['09:00', '10:00', '11:00', '12:00', '14:30'].map((startsAt) => ({ startsAt, free: 2 })),
    );
    const days = free.days.map(({ day }) => day);
    expect(days.at(-1)).toBe('2026-12-23');
    // Saturday, Sunday, and the holiday of 16 December.
    expect(days).not.toContain('2026-11-28');
    expect(days).not.toContain('2026-11-29');
    expect(days).not.toContain('2026-12-16');
    expect(days).toHaveLength(22);
  });

  it('EQ-09: what has started today is not offered', async () => {
    world.clock.set('2026-11-23T10:00');
    const { client, form } = await ready({ unitCode: UNIT_2 });
    const { days, nearest } = await client.queue.freeTimes({ formId: form.id });
    expect(days[0]).toEqual({
      day: '2026-11-23',
      times: [
        { startsAt: '11:00', free: 2 },
        { startsAt: '12:00', free: 2 },
        { startsAt: '14:30', free: 2 },
      ],
    });
    expect(nearest).toEqual({ day: '2026-11-23', startsAt: '11:00' });
  });

  it('EQ-09: a later first day and a shorter window are kept to', async () => {
    const { client, form } = await ready({ unitCode: UNIT_2 });
    const { days } = await client.queue.freeTimes({ formId: form.id, from: '2026-12-07', days: 3 });
    expect(days.map(({ day }) => day)).toEqual(['2026-12-07', '2026-12-08', '2026-12-09']);
    const past = await client.queue.freeTimes({ formId: form.id, from: '2026-11-01', days: 5 });
    expect(past.days).toEqual([]);
  });

  it('EQ-09: a booked place is one less, a full start is not shown', async () => {
    const [one, two, third] = [await ready(), await ready(), await ready()];
    const day = plainDate('2026-11-30');
    const at = async (startsAt: string) =>
      (await third.client.queue.freeTimes({ formId: third.form.id, from: day, days: 1 })).days[0]?.times.find(
        (time) => time.startsAt === startsAt,
      )?.free;
    await one.client.queue.bookPlace({
      formId: one.form.id,
      day,
      startsAt: '12:00',
      requestKey: world.random.id(world.clock.now()),
    });
    expect(await at('12:00')).toBe(1);
    await two.client.queue.bookPlace({
      formId: two.form.id,
      day,
      startsAt: '12:00',
      requestKey: world.random.id(world.clock.now()),
    });
    expect(await at('12:00')).toBeUndefined();
    expect(await at('11:00')).toBe(2);
  });

  it('GV-04: days after the end of the pilot are not offered', async () => {
    const { client, form } = await ready();
    // The application itself never rewrites a pilot; its owner does it here.
    await world.owner
      .update(queuePilots)
      .set({ validUntil: plainDate('2026-12-02') })
      .where(eq(queuePilots.validFrom, plainDate('2026-11-22')));
    await world.reference.reload();
    const { days } = await client.queue.freeTimes({ formId: form.id });
    expect(days.at(-1)?.day).toBe('2026-12-02');
    const refused = await client.queue.bookPlace({
      formId: form.id,
      day: '2026-12-03',
      startsAt: '09:00',
      requestKey: world.random.id(world.clock.now()),
    });
    expect(refused).toMatchObject({ ok: false, refusal: 'region-without-queue' });
    expect(refused.ok ? [] : refused.nearest.map(({ day }) => day)).not.toContain('2026-12-03');
    await world.owner
      .update(queuePilots)
      .set({ validUntil: plainDate('2027-11-21') })
      .where(eq(queuePilots.validFrom, plainDate('2026-11-22')));
    await world.reference.reload();
  });

  it('EQ-08: the three checks are said one by one, and without a free time the third one fails', async () => {
    const { client, form } = await ready();
    expect(await client.queue.eligibility({ formId: form.id })).toMatchObject({
      canBook: true,
      checks: [{ state: 'passed' }, { state: 'passed' }, { state: 'passed' }],
    });
    const full = await ready();
    const tired = await world.form(full.person.id, { validUntil: plainDate('2026-11-22') });
    const answer = await full.client.queue.eligibility({ formId: tired.id });
    expect(answer).toMatchObject({ canBook: false, form: { expired: true } });
    expect(answer.checks.map(({ check, state, reason }) => [check, state, reason])).toEqual([
      ['form-valid', 'failed', 'form-expired'],
      ['permanent-registration', 'passed', null],
      ['free-time', 'failed', 'no-free-time'],
    ]);
  });

  it('P3: free times are read from the index of free places alone, whatever happened in ten years before', async () => {
    const history = plainDate('2016-11-23');
    await world.owner.execute(sql`
      insert into place (department_id, day, starts_at, place_no, day_no, booking_id)
      select ${DEPARTMENT_1}::uuid, d::date, ('08:00'::time + n * interval '10 minutes')::time, 1, n + 1, gen_random_uuid()
        from generate_series(${history}::date, ${addDays(plainDate('2026-11-23'), -1)}::date, '1 day') d, generate_series(0, 9) n`);
    await world.owner.execute(sql`analyze place`);
    const plan = await world.db.execute<{ 'QUERY PLAN': string }>(sql`
      explain (analyze, buffers) select day, starts_at, count(*) from place
       where department_id = ${DEPARTMENT_1}::uuid and (day, starts_at) > ('2026-11-23'::date, '08:40'::time)
         and day between '2026-11-23'::date and '2026-12-23'::date and booking_id is null and closed_by_trip is null group by day, starts_at`);
    const text = plan.map((row) => row['QUERY PLAN']).join('\n');
    expect(text).toContain('place_free');
    expect(text).not.toContain('Seq Scan');
    // What is kept for the wait list is found by an index of its own, and is little.
    const held = await world.db.execute<{ 'QUERY PLAN': string }>(sql`
      explain (analyze) select day, starts_at, count(*) from place
       where department_id = ${DEPARTMENT_1}::uuid and day between '2026-11-23'::date and '2026-12-23'::date and booking_id is null and closed_by_trip is null
         and held_for_form is not null and held_for_form <> ${DEPARTMENT_2}::uuid and held_until > now() group by day, starts_at`);
    expect(held.map((row) => row['QUERY PLAN']).join('\n')).toContain('place_held');
  });
});

describe('making places', () => {
  it('EQ-02, EQ-03: places are made from schedule, calendar and trips; a second run makes none', async () => {
    const departmentId = world.random.id(world.clock.now());
    await world.owner.execute(
      sql`insert into department select ${departmentId}::uuid, 77, region_code, name, address, landmark, access, phone, rooms from department where number = 1`,
    );
    const [from, until] = [plainDate('2027-01-04'), plainDate('2027-01-17')];
    const scheduleId = world.random.id(world.clock.now());
    await world.db
      .insert(receptionSchedules)
      .values({ id: scheduleId, departmentId, from, until, placesPerStart: 1 });
    await world.db.insert(businessTrips).values({
      id: world.random.id(world.clock.now()),
      departmentId,
      from: plainDate('2027-01-06'),
      until: plainDate('2027-01-07'),
    });
    expect(await materialisePlaces(world.db, departmentId, from, until)).toBe(8 * 5);
    expect(await materialisePlaces(world.db, departmentId, from, until)).toBe(0);
    const runs = await Promise.all([
      materialisePlaces(world.db, departmentId, from, until),
      materialisePlaces(world.db, departmentId, plainDate('2026-01-01'), plainDate('2027-12-31')),
    ]);
    expect(runs).toEqual([0, 0]);

    // More places later: new ones are numbered after the known ones, which keep their numbers.
    await world.db
      .update(receptionSchedules)
      .set({ placesPerStart: 2 })
      .where(eq(receptionSchedules.id, scheduleId));
    expect(await materialisePlaces(world.db, departmentId, from, until)).toBe(8 * 5);
    const day = await world.db
      .select()
      .from(places)
      .where(and(eq(places.departmentId, departmentId), eq(places.day, from)))
      .orderBy(places.dayNo);
    expect(day.map(({ startsAt, placeNo, dayNo }) => `${dayNo} ${startsAt} ${placeNo}`)).toEqual([
      '1 09:00 1',
      '2 10:00 1',
      '3 11:00 1',
      '4 12:00 1',
      '5 14:30 1',
      '6 09:00 2',
      '7 10:00 2',
      '8 11:00 2',
      '9 12:00 2',
      '10 14:30 2',
    ]);
    expect(await world.db.select().from(bookings).where(eq(bookings.departmentId, departmentId))).toEqual([]);
  });
});
