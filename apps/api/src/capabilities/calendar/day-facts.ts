import type { Executor } from '@mse/db';
import {
  bookings,
  businessTrips,
  calendarDays,
  departments,
  places,
  receptionSchedules,
  startTimes,
} from '@mse/db/schema';
import type { DayEffect } from '@mse/domain/calendar';
import { HOLDING_STATES, startTimesOn } from '@mse/domain/queue';
import type { PlainDate } from '@mse/domain/shared';
import { and, asc, eq, gte, inArray, isNull, lte, sql } from 'drizzle-orm';

/** The entry of a day in the calendar, if any. */
export async function findDay(executor: Executor, date: PlainDate) {
  const [row] = await executor.select().from(calendarDays).where(eq(calendarDays.date, date));
  return row ?? null;
}

/** Bookings of a day, of all departments; no names. */
export function bookingsOn(executor: Executor, date: PlainDate) {
  return executor
    .select({ department: departments.number, startsAt: bookings.startsAt, ticketNo: bookings.ticketNo })
    .from(bookings)
    .innerJoin(departments, eq(departments.id, bookings.departmentId))
    .where(and(eq(bookings.day, date), inArray(bookings.state, [...HOLDING_STATES])))
    .orderBy(asc(departments.number), asc(bookings.startsAt), asc(bookings.ticketNo));
}

/** Departments whose schedules in force cover a day, in a fixed order, with the places of a start time. */
export function scheduledOn(executor: Executor, date: PlainDate) {
  return executor
    .select({
      departmentId: receptionSchedules.departmentId,
      placesPerStart: receptionSchedules.placesPerStart,
    })
    .from(receptionSchedules)
    .where(
      and(
        isNull(receptionSchedules.replacedAt),
        lte(receptionSchedules.from, date),
        gte(receptionSchedules.until, date),
      ),
    )
    .orderBy(receptionSchedules.departmentId);
}

/** What a change of a day does to the places: departments it concerns, and places that close or open. */
export async function touchedBy(
  executor: Executor,
  date: PlainDate,
  effect: DayEffect,
): Promise<{ departments: number; places: number }> {
  if (effect === 'none') return { departments: 0, places: 0 };
  if (effect === 'closes') {
    const [row] = await executor
      .select({
        departments: sql<number>`count(distinct ${places.departmentId})::int`,
        places: sql<number>`count(*)::int`,
      })
      .from(places)
      .where(and(eq(places.day, date), isNull(places.bookingId), isNull(places.closedByTrip)));
    return row ?? { departments: 0, places: 0 };
  }
  const [scheduled, times, away] = await Promise.all([
    scheduledOn(executor, date),
    executor.select().from(startTimes),
    executor
      .select({ departmentId: businessTrips.departmentId })
      .from(businessTrips)
      .where(
        and(
          isNull(businessTrips.cancelledAt),
          inArray(businessTrips.kind, ['trip', 'closed']),
          lte(businessTrips.from, date),
          gte(businessTrips.until, date),
        ),
      ),
  ]);
  const awayIds = new Set(away.map((row) => row.departmentId));
  const open = scheduled.filter((row) => !awayIds.has(row.departmentId));
  const starts = startTimesOn(times, date).length;
  return {
    departments: open.length,
    places: open.reduce((sum, row) => sum + row.placesPerStart * starts, 0),
  };
}
