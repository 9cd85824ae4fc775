import type { Executor } from '@mse/db';
import { calendarDays, receptionSchedules } from '@mse/db/schema';
import { workingCalendar } from '@mse/domain/calendar';
import { coverageOf, cutPeriods, firstOpenDay, uncoveredDays, workingDaysWithin } from '@mse/domain/schedule';
import type { PlainDate } from '@mse/domain/shared';
import { and, gte, isNull, lte } from 'drizzle-orm';
import { yearSpan } from './year-of-department.ts';

/**
 * EQ-04: how far the schedules of departments are for the days of a year that still lie ahead. Three queries,
 * however many departments there are; a department without any schedule has the coverage `none`.
 */
export async function departmentsOfYear(
  executor: Executor,
  departmentIds: readonly string[],
  year: number,
  today: PlainDate,
) {
  const { january, december } = yearSpan(year);
  const first = firstOpenDay(year, today) ?? december;
  const [rows, days] = await Promise.all([
    executor
      .select()
      .from(receptionSchedules)
      .where(
        and(
          isNull(receptionSchedules.replacedAt),
          lte(receptionSchedules.from, december),
          gte(receptionSchedules.until, january),
        ),
      )
      .orderBy(receptionSchedules.from),
    executor
      .select()
      .from(calendarDays)
      .where(and(gte(calendarDays.date, january), lte(calendarDays.date, december))),
  ]);
  const working = workingDaysWithin(workingCalendar(days), first, december);
  const byDepartment = Map.groupBy(rows, (row) => row.departmentId);
  return departmentIds.map((departmentId) => {
    const own = byDepartment.get(departmentId) ?? [];
    const periods = cutPeriods(own, january, december);
    const uncovered = uncoveredDays(periods, working).length;
    const newest = Math.max(0, ...own.map((row) => row.publishedAt?.getTime() ?? 0));
    return {
      departmentId,
      periods,
      coverage: coverageOf(working.length, uncovered),
      uncoveredDays: uncovered,
      publishedAt: newest > 0 ? new Date(newest).toISOString() : null,
    };
  });
}
