import { addMinutes } from '../shared/index.ts';

/** EQ-14: minutes a person may be late before the booking is annulled. Dated data in the settings; this is the law of 2025. */
export const LATENESS_MINUTES = 15;

/** EQ-14: the last instant that still counts as in time; one second later is late. */
export function lastArrival(startsAt: Date, latenessMinutes = LATENESS_MINUTES): Date {
  return addMinutes(startsAt, latenessMinutes);
}

/** EQ-14: whether an arrival at `at` comes too late for a booking that starts at `startsAt`. Whole seconds decide, fractions do not. */
export function isLate(startsAt: Date, at: Date, latenessMinutes = LATENESS_MINUTES): boolean {
  return (
    Math.floor(at.getTime() / 1000) > Math.floor(lastArrival(startsAt, latenessMinutes).getTime() / 1000)
  );
}
