import { addDays, ok, type PlainDate, refuse, type Result } from '../shared/index.ts';

/** A period in which a department receives, and how many places each start time has in it. */
export interface SchedulePeriod {
  from: PlainDate;
  /** Last day, included. */
  until: PlainDate;
  placesPerStart: number;
}

/** Periods of one year that a person may enter. */
export const MAX_PERIODS = 6;

/** Why a schedule of a year cannot be published as it is written. */
export const SCHEDULE_REFUSALS = [
  'no-period',
  'ends-before-it-begins',
  'outside-year',
  'day-passed',
  'overlaps-itself',
  'year-not-open',
] as const;
export type ScheduleRefusal = (typeof SCHEDULE_REFUSALS)[number];

/** A refusal and the period (from 0, as written) it speaks of; null when it speaks of the whole. */
export interface ScheduleFault {
  reason: ScheduleRefusal;
  period: number | null;
}

/** Years a schedule can be made for on a date: the running one and, EQ-04, the next. */
export function openYears(today: PlainDate): [number, number] {
  const year = Number(today.slice(0, 4));
  return [year, year + 1];
}

/**
 * The first day of a year that a publication on `today` may change: 1 January of the next year, tomorrow in the running one,
 * for today's people are on their way. Null when no day of the year is left or the year is not open yet.
 */
export function firstOpenDay(year: number, today: PlainDate): PlainDate | null {
  if (!openYears(today).includes(year)) return null;
  const tomorrow = addDays(today, 1);
  const january = `${year}-01-01` as PlainDate;
  const first = tomorrow > january ? tomorrow : january;
  return first.startsWith(String(year)) ? first : null;
}

/**
 * EQ-03, EQ-04: judges the periods of a department's year as they were written, in any order. Gives them sorted by day.
 * Refuses periods that overlap, end before they begin, leave the year or touch a day that is over.
 */
export function decideSchedule(
  periods: readonly SchedulePeriod[],
  year: number,
  today: PlainDate,
): Result<SchedulePeriod[], ScheduleFault> {
  const first = firstOpenDay(year, today);
  if (!first) return refuse({ reason: 'year-not-open', period: null });
  if (periods.length === 0) return refuse({ reason: 'no-period', period: null });
  for (const [index, period] of periods.entries()) {
    const fault = (reason: ScheduleRefusal) => refuse({ reason, period: index });
    if (period.until < period.from) return fault('ends-before-it-begins');
    if (!period.from.startsWith(`${year}-`) || !period.until.startsWith(`${year}-`))
      return fault('outside-year');
    if (period.from < first) return fault('day-passed');
  }
  const sorted = periods
    .map((period, index) => ({ period, index }))
    .sort((left, right) => (left.period.from < right.period.from ? -1 : 1));
  for (const [place, { period, index }] of sorted.entries()) {
    const before = sorted[place - 1];
    if (before && period.from <= before.period.until)
      return refuse({ reason: 'overlaps-itself', period: Math.max(index, before.index) });
  }
  return ok(joinPeriods(sorted.map(({ period }) => period)));
}

/** Neighbours with the same number of places become one period, so that the same schedule is always written the same way. */
export function joinPeriods(sorted: readonly SchedulePeriod[]): SchedulePeriod[] {
  const joined: SchedulePeriod[] = [];
  for (const { from, until, placesPerStart } of sorted) {
    const last = joined.at(-1);
    if (last && last.placesPerStart === placesPerStart && addDays(last.until, 1) === from) last.until = until;
    else joined.push({ from, until, placesPerStart });
  }
  return joined;
}

/** The part of periods that lies between two days, both included, in the order of days. */
export function cutPeriods(
  periods: readonly SchedulePeriod[],
  from: PlainDate,
  until: PlainDate,
): SchedulePeriod[] {
  return joinPeriods(
    periods
      .filter((period) => period.from <= until && period.until >= from)
      .map(({ placesPerStart, ...period }) => ({
        from: period.from > from ? period.from : from,
        until: period.until < until ? period.until : until,
        placesPerStart,
      }))
      .sort((left, right) => (left.from < right.from ? -1 : 1)),
  );
}

/** Whether two lists of joined periods say the same. */
export function samePeriods(one: readonly SchedulePeriod[], other: readonly SchedulePeriod[]): boolean {
  const written = (periods: readonly SchedulePeriod[]) =>
    periods.map(({ from, until, placesPerStart }) => `${from}/${until}/${placesPerStart}`).join();
  return written(one) === written(other);
}
