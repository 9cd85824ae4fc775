import type { Executor } from '@mse/db';
import { businessTrips } from '@mse/db/schema';
import { compareSchedule, type KnownPlace, type ScheduleDifference } from '@mse/domain/schedule';
import type { PlannedPlace } from '@mse/domain/queue';
import type { PlainDate } from '@mse/domain/shared';
import { sql } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { lockDepartment } from '../closures/close-places.ts';
import { insertPlaces, loadPlanFacts, loadSchedules, planWithin } from '../queue/materialise-places.ts';

/** How many places a change made, opened again and withdrew, and how many of the withdrawn somebody holds. */
export interface Totals {
  added: number;
  reopened: number;
  withdrawn: number;
  kept: number;
}

export const NO_TOTALS: Totals = { added: 0, reopened: 0, withdrawn: 0, kept: 0 };

export function addTotals(one: Totals, other: Totals): Totals {
  return {
    added: one.added + other.added,
    reopened: one.reopened + other.reopened,
    withdrawn: one.withdrawn + other.withdrawn,
    kept: one.kept + other.kept,
  };
}

/** The counts of a difference. */
export function totalsOf(difference: ScheduleDifference): Totals {
  return {
    added: difference.add.length,
    reopened: difference.reopen.length,
    withdrawn: difference.withdraw.length,
    kept: difference.kept.length,
  };
}

export function isNothing(totals: Totals): boolean {
  return totals.added + totals.reopened + totals.withdrawn === 0;
}

/**
 * The places a department has from `from` to `until`, both included. A place whose day off was taken out of the calendar
 * counts as withdrawn: it opens as soon as a schedule asks for it.
 */
export async function knownPlaces(
  executor: Executor,
  departmentId: string,
  from: PlainDate,
  until: PlainDate,
): Promise<KnownPlace[]> {
  const rows = await executor.execute<KnownPlace & Record<string, unknown>>(sql`
    select p.id::float8 as id, p.day::text as day, left(p.starts_at::text, 5) as "startsAt", p.place_no as "placeNo", p.booking_id is not null as booked,
           case when t.id is null then 'open'
                when t.kind = 'withdrawn' or (t.kind = 'calendar' and t.cancelled_at is not null) then 'withdrawn'
                when t.kind = 'calendar' then 'calendar' else 'closed' end as mark
      from place p left join business_trip t on t.id = p.closed_by_trip
     where p.department_id = ${departmentId}::uuid and p.day between ${from}::date and ${until}::date
     order by p.day, p.starts_at, p.place_no`);
  return [...rows];
}

/** Whether a day lies in one of the closures. */
export function closedOn(closures: readonly { from: PlainDate; until: PlainDate }[]) {
  return (day: PlainDate) => closures.some((closure) => closure.from <= day && day <= closure.until);
}

/**
 * EQ-02, EQ-03, EQ-09: brings the places of a department from `from` to `until` in line with its schedules in force, start times,
 * calendar and closures. No booking is touched: a place that is wanted no more is withdrawn by a mark, and whoever has booked it
 * keeps it; after them it is not given again. Takes lockDepartment(). Running it twice changes nothing more.
 */
export async function alignPlaces(
  deps: Pick<Deps, 'random'>,
  executor: Executor,
  departmentId: string,
  from: PlainDate,
  until: PlainDate,
  at: Date,
): Promise<Totals> {
  await lockDepartment(executor, departmentId);
  const [schedules, facts, known] = await Promise.all([
    loadSchedules(executor, departmentId, from, until),
    loadPlanFacts(executor, departmentId, from, until),
    knownPlaces(executor, departmentId, from, until),
  ]);
  const wanted = planWithin(schedules, facts, [], from, until);
  const difference = compareSchedule(wanted, known, closedOn(facts.closures));
  await applyDifference(deps, executor, departmentId, difference, at);
  return totalsOf(difference);
}

async function applyDifference(
  deps: Pick<Deps, 'random'>,
  executor: Executor,
  departmentId: string,
  difference: ScheduleDifference<PlannedPlace>,
  at: Date,
): Promise<void> {
  const { add, reopen, withdraw } = difference;
  const [first, last] = [withdraw[0], withdraw.at(-1)];
  if (first && last) {
    const id = deps.random.id(at);
    await executor.insert(businessTrips).values({
      id,
      departmentId,
      from: first.day,
      until: last.day,
      kind: 'withdrawn',
      cancelledAt: at,
    });
    await executor.execute(
      sql`update place set closed_by_trip = ${id}::uuid where id = any(${idList(withdraw)}::bigint[])`,
    );
  }
  if (reopen.length > 0) {
    // On a day of a trip the place belongs to that trip: it opens when the trip is taken back.
    await executor.execute(sql`
      update place p set closed_by_trip = (
        select t.id from business_trip t
         where t.department_id = p.department_id and t.cancelled_at is null and p.day between t.from_day and t.until_day limit 1)
       where p.id = any(${idList(reopen)}::bigint[])`);
  }
  await insertPlaces(executor, departmentId, add);
}

const idList = (places: readonly KnownPlace[]) => `{${places.map((place) => place.id).join(',')}}`;
