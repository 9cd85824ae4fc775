import { ok, type PlainDate, refuse, type Result } from '../shared/index.ts';

/** PX-40: a missed period, filled in by a person: the order leaves to people how far back it is credited. */
export interface MissedPeriod {
  missedFrom: PlainDate;
  missedTo: PlainDate;
  /** Whether there was a valid reason. */
  validReason: boolean;
  /** First day that is credited; null when none is. */
  creditedFrom: PlainDate | null;
}

/** Why a missed period is not taken. */
export const MISSED_PERIOD_REFUSALS = ['wrong-order', 'not-over', 'credited-outside'] as const;
export type MissedPeriodRefusal = (typeof MISSED_PERIOD_REFUSALS)[number];

/** PX-40: the days must follow one another, lie behind the day of examination, and what is credited must lie within them. */
export function judgeMissedPeriod(
  period: MissedPeriod,
  examinedOn: PlainDate,
): Result<MissedPeriod, MissedPeriodRefusal> {
  if (period.missedFrom > period.missedTo) return refuse('wrong-order');
  if (period.missedTo > examinedOn) return refuse('not-over');
  const { creditedFrom } = period;
  if (creditedFrom !== null && (creditedFrom < period.missedFrom || creditedFrom > period.missedTo))
    return refuse('credited-outside');
  return ok(period);
}
