import type { WeekInput, WeekOutput } from '@mse/contracts/closures';
import { businessTrips, calendarDays } from '@mse/db/schema';
import { mayCall } from '@mse/domain/access';
import { cellState, dayState, mondayOf } from '@mse/domain/closures';
import { startTimesOn } from '@mse/domain/queue';
import { addDays, eachDay, type PlainDate, type PlainTime, toBusinessDate } from '@mse/domain/shared';
import { and, between, gte, isNull, lte, or, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { deskCaller } from '../desk/desk-caller.ts';
import { departmentView } from '../reference/department-view.ts';
import { closureView, findClosures } from './closure-view.ts';

/** K06: a week of the department: per day and start time how many places there are and how many are taken, and why a day is closed. */
export async function weekOfDepartment(
  call: CallContext,
  input: z.output<typeof WeekInput>,
): Promise<z.input<typeof WeekOutput>> {
  const { deps, at } = call;
  const { caller, department } = deskCaller(call);
  call.seen(null, `department:${department.id}`);
  const today = toBusinessDate(at);
  const monday = mondayOf(input.day ?? today);
  const sunday = addDays(monday, 6);
  const calendar = deps.reference.calendar();

  const [counts, closures, named] = await Promise.all([
    deps.db.execute<{
      day: PlainDate;
      starts_at: PlainTime;
      places: number;
      booked: number;
      closed: number;
    }>(sql`
      select p.day, left(p.starts_at::text, 5) as starts_at, count(*)::int as places, count(p.booking_id)::int as booked,
             count(p.closed_by_trip)::int as closed
        from place p left join business_trip t on t.id = p.closed_by_trip
       where p.department_id = ${department.id}::uuid and p.day between ${monday}::date and ${sunday}::date
         -- A place that a newer schedule no longer has is shown only while somebody holds it.
         and (t.kind is distinct from 'withdrawn' or p.booking_id is not null)
       group by p.day, p.starts_at`),
    findClosures(
      deps.db,
      department.id,
      and(
        isNull(businessTrips.cancelledAt),
        or(
          gte(businessTrips.until, today),
          and(lte(businessTrips.from, sunday), gte(businessTrips.until, monday)),
        ),
      ),
    ),
    deps.db
      .select()
      .from(calendarDays)
      .where(between(calendarDays.date, monday, sunday)),
  ]);
  const startTimes = [
    ...new Set([
      ...counts.map((row) => row.starts_at),
      ...eachDay(monday, sunday).flatMap((day) => [...startTimesOn(deps.reference.startTimes(), day)]),
    ]),
  ].sort();
  const mayClose = mayCall('closures.close', caller);

  const days = eachDay(monday, sunday).map((day) => {
    const closure = closures.find((each) => each.from <= day && day <= each.until);
    const ofDay = counts.filter((row) => row.day === day);
    const state = dayState({
      closed: closure !== undefined,
      working: calendar.isWorkingDay(day),
      exception: calendar.exceptionOn(day) !== undefined,
      places: ofDay.length,
    });
    return {
      day,
      state,
      name: named.find((each) => each.date === day)?.name ?? null,
      closure: closure ? { id: closure.id, kind: closure.kind, reason: closure.reason } : null,
      cells: startTimes.map((startsAt) => {
        const cell = ofDay.find((row) => row.starts_at === startsAt) ?? { places: 0, booked: 0, closed: 0 };
        return { startsAt, state: cellState(cell), places: cell.places, booked: cell.booked };
      }),
      canClose: mayClose && day >= today && (state === 'reception' || state === 'no-schedule'),
    };
  });
  return {
    department: departmentView(department),
    monday,
    today,
    startTimes,
    days,
    closures: closures
      .filter((closure) => closure.until >= today)
      .map((closure) => closureView(closure, today)),
    mayClose,
  };
}
