import type { CalendarYearInput, CalendarYearOutput } from '@mse/contracts/calendar';
import { calendarDays } from '@mse/db/schema';
import { workingCalendar } from '@mse/domain/calendar';
import { workingDaysWithin } from '@mse/domain/schedule';
import { toBusinessDate } from '@mse/domain/shared';
import { and, gte, lte, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { yearSpan } from '../schedule/year-of-department.ts';

/** P08: holidays, days off and moved days of a year with their source; the running year unless told otherwise. */
export async function listCalendarYear(
  call: CallContext,
  input: z.output<typeof CalendarYearInput>,
): Promise<z.input<typeof CalendarYearOutput>> {
  const { deps, at } = call;
  const today = toBusinessDate(at);
  const running = Number(today.slice(0, 4));
  const year = input.year ?? running;
  call.seen(null, `calendar:${year}`);
  const { january, december } = yearSpan(year);
  const [days, [span]] = await Promise.all([
    deps.db
      .select()
      .from(calendarDays)
      .where(and(gte(calendarDays.date, january), lte(calendarDays.date, december)))
      .orderBy(calendarDays.date),
    deps.db
      .select({
        first: sql<string | null>`min(${calendarDays.date})::text`,
        last: sql<string | null>`max(${calendarDays.date})::text`,
      })
      .from(calendarDays),
  ]);
  const first = Math.min(running, year, Number(span?.first?.slice(0, 4) ?? running));
  const last = Math.max(running + 1, year, Number(span?.last?.slice(0, 4) ?? running));
  return {
    year,
    years: Array.from({ length: last - first + 1 }, (_, index) => first + index),
    today,
    days: days.map((day) => ({ ...day, canChange: day.date > today })),
    workingDays: workingDaysWithin(workingCalendar(days), january, december).length,
  };
}
