import { addDays, ok, type PlainDate, refuse, type Result, weekday } from '../shared/index.ts';

/** What a department head can close a period for: a trip of the specialists (EQ-03), or another cause. */
export const CLOSURE_KINDS = ['trip', 'closed'] as const;
export type ClosureKind = (typeof CLOSURE_KINDS)[number];

/** Longest period closed at once, in days. */
export const CLOSURE_MAX_DAYS = 366;

/** Days without reception, both ends included. */
export interface ClosedPeriod {
  from: PlainDate;
  until: PlainDate;
}

/** Why a period cannot be closed, whatever stands in its way. */
export const CLOSURE_REFUSALS = ['ends-before-it-begins', 'in-the-past', 'too-long', 'overlaps'] as const;
export type ClosureRefusal = (typeof CLOSURE_REFUSALS)[number];

/** Whether two periods share a day. */
export function overlaps(left: ClosedPeriod, right: ClosedPeriod): boolean {
  return left.from <= right.until && right.from <= left.until;
}

/**
 * EQ-03: whether a period may be closed. `standing` are the department's closures in force, `today` is the date in
 * Kazakhstan. Today itself can be closed; yesterday cannot, and no day can be closed twice.
 */
export function decideClosure(
  wanted: ClosedPeriod,
  standing: readonly ClosedPeriod[],
  today: PlainDate,
): Result<null, ClosureRefusal> {
  if (wanted.until < wanted.from) return refuse('ends-before-it-begins');
  if (wanted.from < today) return refuse('in-the-past');
  if (wanted.until > addDays(wanted.from, CLOSURE_MAX_DAYS - 1)) return refuse('too-long');
  if (standing.some((closure) => overlaps(closure, wanted))) return refuse('overlaps');
  return ok(null);
}

/** Why a closure cannot be taken back. */
export const TAKE_BACK_REFUSALS = [
  'already-over',
  'taken-back-before',
  'by-calendar',
  'move-running',
] as const;
export type TakeBackRefusal = (typeof TAKE_BACK_REFUSALS)[number];

/**
 * EQ-09: whether a closure may be taken back, so that its places from today on can be booked again. Days off of the
 * calendar are the calendar's; while people are being moved away, the places they leave stay closed.
 */
export function decideTakeBack(
  closure: ClosedPeriod & { kind: ClosureKind | 'calendar'; takenBack: boolean; moveRunning: boolean },
  today: PlainDate,
): Result<null, TakeBackRefusal> {
  if (closure.takenBack) return refuse('taken-back-before');
  if (closure.kind === 'calendar') return refuse('by-calendar');
  if (closure.until < today) return refuse('already-over');
  if (closure.moveRunning) return refuse('move-running');
  return ok(null);
}

/** The Monday of a date's week. */
export function mondayOf(date: PlainDate): PlainDate {
  return addDays(date, 1 - weekday(date));
}
