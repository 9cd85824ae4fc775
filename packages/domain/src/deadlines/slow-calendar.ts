import type { CalendarDay } from '../calendar/index.ts';

/**
 * For tests alone: the terms of the law counted the slow way, hour by hour on a wall clock that is kept as plain numbers. It shares
 * nothing with the product: no Date, no zone data, no arithmetic on days but "the day after".
 */
export interface WallTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

type Day = Pick<WallTime, 'year' | 'month' | 'day'>;

export function dayAfter({ year, month, day }: Day): Day {
  const length = month === 2 && isLeap(year) ? 29 : (LENGTHS[month - 1] ?? 0);
  if (day < length) return { year, month, day: day + 1 };
  return month < 12 ? { year, month: month + 1, day: 1 } : { year: year + 1, month: 1, day: 1 };
}

/** Day of the week counted from Monday 1 January 1900; 1 is Monday. */
const weekdays = new Map<string, number>();
function weekdayOf(wanted: Day): number {
  if (weekdays.size === 0) {
    let current: Day = { year: 1900, month: 1, day: 1 };
    for (let number = 1; current.year < 2101; number = (number % 7) + 1) {
      weekdays.set(written(current), number);
      current = dayAfter(current);
    }
  }
  return weekdays.get(written(wanted)) ?? 0;
}

export function written({ year, month, day }: Day): string {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function worksOn(days: readonly CalendarDay[], wanted: Day): boolean {
  for (const { date, kind } of days) if (date === written(wanted)) return kind === 'working';
  return weekdayOf(wanted) < 6;
}

/** The last day of a term, found by walking from day to day and counting those that work. */
export function slowLastDay(
  days: readonly CalendarDay[],
  arrival: WallTime,
  term: { workingDays: number; counting: 'arrival-day' | 'next-day'; cutOffHour: number },
): string {
  const { hour, minute, second } = arrival;
  const late = hour > term.cutOffHour || (hour === term.cutOffHour && (minute > 0 || second > 0));
  let current: Day = arrival;
  // Day zero of the civil counting, day one of the other.
  if (late || !worksOn(days, current)) {
    do current = dayAfter(current);
    while (!worksOn(days, current));
  }
  let counted = term.counting === 'arrival-day' ? 1 : 0;
  while (counted < term.workingDays) {
    current = dayAfter(current);
    if (worksOn(days, current)) counted += 1;
  }
  return written(current);
}

/** The last of so many working days after a day, the day itself not counted. */
export function slowDaysAfter(days: readonly CalendarDay[], from: Day, workingDays: number): string {
  let current = from;
  let left = workingDays;
  while (left > 0) {
    current = dayAfter(current);
    if (worksOn(days, current)) left -= 1;
  }
  return written(current);
}
