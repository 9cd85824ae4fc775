import { addDays, type PlainDate, weekday } from '../shared/index.ts';

/** One exception to the five-day week: a holiday or day off of the Labour Code, or a weekend moved into work. */
export interface CalendarDay {
  date: PlainDate;
  kind: 'holiday' | 'day-off' | 'working';
}

/** Answers whether a date is a working day. Built from dated data; holds no law of its own. */
export interface WorkingCalendar {
  isWorkingDay(date: PlainDate): boolean;
  /** The exception that falls on a date, if any. */
  exceptionOn(date: PlainDate): CalendarDay['kind'] | undefined;
}

/** EQ-02: Monday to Friday work, but for the dated exceptions (holidays, moved days). */
export function workingCalendar(days: Iterable<CalendarDay>): WorkingCalendar {
  const exceptions = new Map<string, CalendarDay['kind']>();
  for (const day of days) exceptions.set(day.date, day.kind);
  return {
    isWorkingDay(date) {
      const exception = exceptions.get(date);
      return exception ? exception === 'working' : weekday(date) <= 5;
    },
    exceptionOn: (date) => exceptions.get(date),
  };
}

/** The date `count` working days after `from`; `from` itself is day zero. `count` is a whole number of working days, at least 0. */
export function addWorkingDays(calendar: WorkingCalendar, from: PlainDate, count: number): PlainDate {
  let date = from;
  for (let left = count; left > 0;) {
    date = addDays(date, 1);
    if (calendar.isWorkingDay(date)) left -= 1;
  }
  return date;
}

/** How many working days lie after `from`, up to `to` and with it; 0 when `to` is not later. */
export function workingDaysBetween(calendar: WorkingCalendar, from: PlainDate, to: PlainDate): number {
  let count = 0;
  for (let date = addDays(from, 1); date <= to; date = addDays(date, 1))
    if (calendar.isWorkingDay(date)) count += 1;
  return count;
}
