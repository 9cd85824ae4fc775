import type { Executor } from '@mse/db';
import type { PlainDate } from '@mse/domain/shared';
import { sql } from 'drizzle-orm';
import { materialisePlaces } from '../queue/materialise-places.ts';

/**
 * Takes those who change a department's days (closures, schedules) one after the other, until the transaction ends.
 * People who book do not wait for it: them the rows of the places hold back.
 */
export async function lockDepartment(executor: Executor, departmentId: string): Promise<void> {
  await executor.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`department:${departmentId}`}, 0))`,
  );
}

/** Days of a department that a closure (a row of `business_trip`) stands for; both ends included. */
export interface ClosedDays {
  closureId: string;
  departmentId: string;
  from: PlainDate;
  until: PlainDate;
}

/**
 * EQ-09: closes every place of the days, also those that somebody has: when that booking ends, its place stays closed. Waits for
 * whoever is taking one of these places at this moment, so a query that follows in the same transaction sees every booking
 * there will ever be on these days. Places closed before keep their closure. Answers how many free places were closed.
 *
 * Bookings that the transaction is going to touch must be locked before this call: everybody locks booking before place.
 */
export async function closePlaces(executor: Executor, days: ClosedDays): Promise<number> {
  const [row] = await executor.execute<{ free: number }>(sql`
    with closing as materialized (
      select id from place
       where department_id = ${days.departmentId}::uuid and day between ${days.from}::date and ${days.until}::date
         and closed_by_trip is null
       order by id for update),
    closed as (
      update place set closed_by_trip = ${days.closureId}::uuid from closing where place.id = closing.id returning booking_id)
    select count(*) filter (where booking_id is null)::int as free from closed`);
  return row?.free ?? 0;
}

/**
 * EQ-09: opens what `closePlaces` closed, from the given day on, and makes the places that a schedule published meanwhile left
 * out. The row of the closure must say before that it is taken back. Answers how many places can be booked again.
 */
export async function openPlaces(executor: Executor, days: ClosedDays): Promise<number> {
  const [row] = await executor.execute<{ free: number }>(sql`
    with opened as (
      update place set closed_by_trip = null
       where department_id = ${days.departmentId}::uuid and day between ${days.from}::date and ${days.until}::date
         and closed_by_trip = ${days.closureId}::uuid returning booking_id)
    select count(*) filter (where booking_id is null)::int as free from opened`);
  const made = await materialisePlaces(executor, days.departmentId, days.from, days.until);
  return (row?.free ?? 0) + made;
}
