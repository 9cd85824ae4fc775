import type { CalendarDay, DateText } from './types.ts';

const dayMs = 86_400_000;

function parse(date: DateText): number {
  const time = Date.parse(`${date}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || Number.isNaN(time) || format(time) !== date) {
    throw new RangeError('A date has the form YYYY-MM-DD and must exist');
  }
  return time;
}

function format(time: number): DateText {
  return new Date(time).toISOString().slice(0, 10);
}

/** The date `days` later (earlier when negative). */
export function addDays(date: DateText, days: number): DateText {
  return format(parse(date) + days * dayMs);
}

/** The same day `years` later; 29 February becomes 1 March where it does not exist. */
export function addYears(date: DateText, years: number): DateText {
  const moved = new Date(parse(date));
  moved.setUTCFullYear(moved.getUTCFullYear() + years);
  return format(moved.getTime());
}

/** Full years lived on `on`. */
export function ageOn(birthDate: DateText, on: DateText): number {
  let age = yearOf(on) - yearOf(birthDate);
  if (addYears(birthDate, age) > on) age -= 1;
  return age;
}

export function yearOf(date: DateText): number {
  return Number(date.slice(0, 4));
}

export function isWeekend(date: DateText): boolean {
  const weekday = new Date(parse(date)).getUTCDay();
  return weekday === 0 || weekday === 6;
}

/** A weekday that is neither a holiday nor a day off, or a weekend declared working. */
export function isWorkingDay(calendar: readonly CalendarDay[], date: DateText): boolean {
  const days = calendar.filter((day) => day.date === date);
  return days.length > 0 ? days.every((day) => day.kind === 'working') : !isWeekend(date);
}

/** The `count`-th working day after `date` (1 is the next one). */
export function workingDayAfter(calendar: readonly CalendarDay[], date: DateText, count: number): DateText {
  let day = date;
  for (let left = count; left > 0;) {
    day = addDays(day, 1);
    if (isWorkingDay(calendar, day)) left -= 1;
  }
  return day;
}
