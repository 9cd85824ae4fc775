import type { WorkingCalendar } from '../calendar/index.ts';
import { eachDay, type PlainDate } from '../shared/index.ts';

/** How much of a year's working days a department's schedules cover. */
export type Coverage = 'whole' | 'part' | 'none';

/** EQ-04: whether somebody must be told that next year's schedule is missing. */
export type ScheduleWarning = 'none' | 'due' | 'overdue';

/** Working days from `from` to `until`, both included. */
export function workingDaysWithin(calendar: WorkingCalendar, from: PlainDate, until: PlainDate): PlainDate[] {
  return eachDay(from, until).filter((day) => calendar.isWorkingDay(day));
}

/** Those of the working days that lie in no period. */
export function uncoveredDays(
  periods: readonly { from: PlainDate; until: PlainDate }[],
  workingDays: readonly PlainDate[],
): PlainDate[] {
  return workingDays.filter((day) => !periods.some((period) => period.from <= day && day <= period.until));
}

/** Coverage from the number of working days and of those among them that no schedule covers. */
export function coverageOf(workingDays: number, uncovered: number): Coverage {
  if (uncovered === 0) return 'whole';
  return uncovered < workingDays ? 'part' : 'none';
}

/** EQ-04: schedules of the next calendar year are made before 25 December; the last day for it is 24 December. */
export function scheduleDueOn(year: number): PlainDate {
  return `${year - 1}-12-24` as PlainDate;
}

/** EQ-04: from 1 December the missing schedule of the next year is `due`, from 25 December `overdue`. A schedule with gaps is missing. */
export function scheduleWarning(today: PlainDate, nextYear: Coverage): ScheduleWarning {
  if (nextYear === 'whole' || today.slice(5) < '12-01') return 'none';
  return today.slice(5) < '12-25' ? 'due' : 'overdue';
}
