import type { Executor } from '@mse/db';
import { businessTrips, calendarDays, receptionSchedules, startTimes } from '@mse/db/schema';
import { workingCalendar } from '@mse/domain/calendar';
import { type PlannedPlace, planPlaces, type ReceptionSchedule } from '@mse/domain/queue';
import type { PlainDate } from '@mse/domain/shared';
import { and, eq, gte, isNull, lte, sql } from 'drizzle-orm';

/** What decides over the places of a department in a period, besides its schedules. */
export type PlanFacts = Awaited<ReturnType<typeof loadPlanFacts>>;

/** Loads start times, calendar and the closures in force of a department from `from` to `until`, both included. */
export async function loadPlanFacts(
  executor: Executor,
  departmentId: string,
  from: PlainDate,
  until: PlainDate,
) {
  const [times, days, closures] = await Promise.all([
    executor.select().from(startTimes).orderBy(startTimes.validFrom),
    executor
      .select()
      .from(calendarDays)
      .where(and(gte(calendarDays.date, from), lte(calendarDays.date, until)))
      .orderBy(calendarDays.date),
    executor
      .select()
      .from(businessTrips)
      .where(
        and(
          eq(businessTrips.departmentId, departmentId),
          isNull(businessTrips.cancelledAt),
          lte(businessTrips.from, until),
          gte(businessTrips.until, from),
        ),
      )
      .orderBy(businessTrips.from),
  ]);
  return { times, days, calendar: workingCalendar(days), closures };
}

/** Schedules of a department in force that touch a period, in the order of days. */
export function loadSchedules(executor: Executor, departmentId: string, from: PlainDate, until: PlainDate) {
  return executor
    .select()
    .from(receptionSchedules)
    .where(
      and(
        eq(receptionSchedules.departmentId, departmentId),
        isNull(receptionSchedules.replacedAt),
        lte(receptionSchedules.from, until),
        gte(receptionSchedules.until, from),
      ),
    )
    .orderBy(receptionSchedules.from);
}

/** EQ-02: the places that schedules ask for within a period; `closures` are days on which nobody is received. */
export function planWithin(
  schedules: readonly ReceptionSchedule[],
  facts: Pick<PlanFacts, 'times' | 'calendar'>,
  closures: PlanFacts['closures'],
  from: PlainDate,
  until: PlainDate,
): PlannedPlace[] {
  return schedules.flatMap((schedule) =>
    planPlaces(
      {
        from: schedule.from > from ? schedule.from : from,
        until: schedule.until < until ? schedule.until : until,
        placesPerStart: schedule.placesPerStart,
      },
      facts.times,
      facts.calendar,
      closures,
    ),
  );
}

/**
 * EQ-02, EQ-03, EQ-09: makes the places of a department from `from` to `until`, both included, out of its published schedules,
 * the start times, the calendar and its closures. Places that exist stay as they are, so it can be run again after a
 * change that adds places: new ones of a day are numbered after the known ones, for a number on somebody's ticket never changes.
 * Answers how many were made.
 */
export async function materialisePlaces(
  executor: Executor,
  departmentId: string,
  from: PlainDate,
  until: PlainDate,
): Promise<number> {
  const [schedules, facts] = await Promise.all([
    loadSchedules(executor, departmentId, from, until),
    loadPlanFacts(executor, departmentId, from, until),
  ]);
  return insertPlaces(executor, departmentId, planWithin(schedules, facts, facts.closures, from, until));
}

/** Makes those of the planned places of a department that do not exist yet. Set-based. Answers how many were made. */
export async function insertPlaces(
  executor: Executor,
  departmentId: string,
  planned: readonly PlannedPlace[],
): Promise<number> {
  if (planned.length === 0) return 0;
  const column = (name: keyof PlannedPlace) => `{${planned.map((place) => place[name]).join(',')}}`;
  const made = await executor.execute(sql`
    with planned as (
      select * from unnest(
        ${column('day')}::date[], ${column('startsAt')}::time[], ${column('placeNo')}::smallint[], ${column('dayNo')}::smallint[]
      ) as p (day, starts_at, place_no, day_no)),
    span as (select min(day) as first, max(day) as last from planned),
    known as (
      select day, max(day_no) as last from place
       where department_id = ${departmentId}::uuid and day between (select first from span) and (select last from span) group by day)
    insert into place (department_id, day, starts_at, place_no, day_no)
    select ${departmentId}::uuid, p.day, p.starts_at, p.place_no,
           case when k.last is null then p.day_no else k.last + row_number() over (partition by p.day order by p.day_no) end
      from planned p left join known k on k.day = p.day
     where not exists (select from place o where o.department_id = ${departmentId}::uuid and o.day = p.day and o.starts_at = p.starts_at and o.place_no = p.place_no)
    on conflict do nothing returning id`);
  return made.length;
}
