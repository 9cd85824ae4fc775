import type { Executor } from '@mse/db';
import { businessTrips, calendarDays, receptionSchedules, startTimes } from '@mse/db/schema';
import { workingCalendar } from '@mse/domain/calendar';
import { type PlannedPlace, planPlaces } from '@mse/domain/queue';
import type { PlainDate } from '@mse/domain/shared';
import { and, eq, gte, lte, sql } from 'drizzle-orm';

/**
 * EQ-02, EQ-03, EQ-09: makes the places of a department from `from` to `until`, both included, out of its published schedules,
 * the start times, the calendar and its trips. Set-based; places that exist stay as they are, so it can be run again after a
 * change that adds places: new ones of a day are numbered after the known ones, for a number on somebody's ticket never changes.
 * Answers how many were made.
 */
export async function materialisePlaces(
  executor: Executor,
  departmentId: string,
  from: PlainDate,
  until: PlainDate,
): Promise<number> {
  const [schedules, times, days, trips] = await Promise.all([
    executor
      .select()
      .from(receptionSchedules)
      .where(
        and(
          eq(receptionSchedules.departmentId, departmentId),
          lte(receptionSchedules.from, until),
          gte(receptionSchedules.until, from),
        ),
      ),
    executor.select().from(startTimes),
    executor
      .select()
      .from(calendarDays)
      .where(and(gte(calendarDays.date, from), lte(calendarDays.date, until))),
    executor
      .select()
      .from(businessTrips)
      .where(
        and(
          eq(businessTrips.departmentId, departmentId),
          lte(businessTrips.from, until),
          gte(businessTrips.until, from),
        ),
      ),
  ]);
  const calendar = workingCalendar(days);
  const planned = schedules.flatMap((schedule) =>
    planPlaces(
      {
        from: schedule.from > from ? schedule.from : from,
        until: schedule.until < until ? schedule.until : until,
        placesPerStart: schedule.placesPerStart,
      },
      times,
      calendar,
      trips,
    ),
  );
  if (planned.length === 0) return 0;
  const column = (name: keyof PlannedPlace) => `{${planned.map((place) => place[name]).join(',')}}`;
  const made = await executor.execute(sql`
    with planned as (
      select * from unnest(
        ${column('day')}::date[], ${column('startsAt')}::time[], ${column('placeNo')}::smallint[], ${column('dayNo')}::smallint[]
      ) as p (day, starts_at, place_no, day_no)),
    known as (
      select day, max(day_no) as last from place
       where department_id = ${departmentId}::uuid and day between ${from}::date and ${until}::date group by day)
    insert into place (department_id, day, starts_at, place_no, day_no)
    select ${departmentId}::uuid, p.day, p.starts_at, p.place_no,
           case when k.last is null then p.day_no else k.last + row_number() over (partition by p.day order by p.day_no) end
      from planned p left join known k on k.day = p.day
     where not exists (select from place o where o.department_id = ${departmentId}::uuid and o.day = p.day and o.starts_at = p.starts_at and o.place_no = p.place_no)
    on conflict do nothing returning id`);
  return made.length;
}
