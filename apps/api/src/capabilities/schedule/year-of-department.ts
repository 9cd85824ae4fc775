import type { Executor } from '@mse/db';
import { type CalendarDay } from '@mse/domain/calendar';
import {
  compareSchedule,
  coverageOf,
  cutPeriods,
  firstOpenDay,
  type SchedulePeriod,
  uncoveredDays,
  workingDaysWithin,
} from '@mse/domain/schedule';
import type { PlainDate } from '@mse/domain/shared';
import { createHash } from 'node:crypto';
import { loadPlanFacts, loadSchedules, planWithin } from '../queue/materialise-places.ts';
import { closedOn, knownPlaces } from './align-places.ts';

/** First and last day of a year. */
export function yearSpan(year: number): { january: PlainDate; december: PlainDate } {
  return { january: `${year}-01-01` as PlainDate, december: `${year}-12-31` as PlainDate };
}

export type YearFacts = Awaited<ReturnType<typeof loadYear>>;

/** Everything that a department's year stands on: schedules in force, start times, calendar, closures and the places that exist. */
export async function loadYear(executor: Executor, departmentId: string, year: number, today: PlainDate) {
  const { january, december } = yearSpan(year);
  const first = firstOpenDay(year, today);
  const [rows, facts, known] = await Promise.all([
    loadSchedules(executor, departmentId, january, december),
    loadPlanFacts(executor, departmentId, january, december),
    first ? knownPlaces(executor, departmentId, first, december) : Promise.resolve([]),
  ]);
  return { year, first, last: december, rows, facts, known, inForce: cutPeriods(rows, january, december) };
}

/** Periods in force from the first day that can still change. */
export function changeablePart(facts: YearFacts): SchedulePeriod[] {
  return facts.first ? cutPeriods(facts.inForce, facts.first, facts.last) : [];
}

/** What becomes of the places when these periods are published. */
export function differenceOf(facts: YearFacts, periods: readonly SchedulePeriod[]) {
  const first = facts.first ?? facts.last;
  const wanted = planWithin(periods, facts.facts, [], first, facts.last);
  const isClosed = closedOn(facts.facts.closures);
  return { wanted, isClosed, difference: compareSchedule(wanted, facts.known, isClosed) };
}

/** EQ-04: how much of the days that still can be received on is covered. */
export function coverage(facts: YearFacts, periods: readonly SchedulePeriod[]) {
  const days = workingDaysWithin(facts.facts.calendar, facts.first ?? facts.last, facts.last);
  const uncovered = uncoveredDays(periods, days);
  return { uncovered, coverage: coverageOf(days.length, uncovered.length) };
}

/** Names what a preview was made from, so that a publication made from something else is refused. */
export function fingerprint(facts: YearFacts): string {
  const parts = [
    facts.year,
    facts.first,
    facts.inForce,
    facts.facts.times.map(({ validFrom, times }) => [validFrom, times]),
    facts.facts.days.map(({ date, kind }: CalendarDay) => [date, kind]),
    facts.facts.closures.map(({ id }) => id),
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

/** Start times in force in some part of the year, oldest first. */
export function startTimesOfYear(facts: YearFacts) {
  const begun = facts.facts.times.filter((row) => row.validFrom <= facts.last);
  const current = begun.filter((row) => row.validFrom <= yearSpan(facts.year).january).at(-1);
  return begun.filter((row) => !current || row.validFrom >= current.validFrom);
}
