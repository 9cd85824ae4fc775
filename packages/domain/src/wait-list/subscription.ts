import { type BookingFacts, type BookingRefusal, decideBooking, type QueuePilot } from '../queue/index.ts';
import { ok, type PlainDate, plainTime, refuse, type Result, toBusinessDate } from '../shared/index.ts';

/** States of somebody's waiting. `over`: the days or the form have ended, or the form did its work otherwise. */
export const WAIT_STATES = ['waiting', 'offered', 'taken', 'left', 'over'] as const;
export type WaitState = (typeof WAIT_STATES)[number];

/** Why nobody can be put on the list; besides these, whatever refuses a booking. */
export const WAIT_REFUSALS = ['span-backwards', 'times-are-free', 'already-waiting'] as const;
export type WaitRefusal = (typeof WAIT_REFUSALS)[number] | BookingRefusal;

/**
 * Whether a person may wait for a freed time on days from `from` to `until`: everything a booking of the last of these days
 * needs (EQ-08, EQ-09, EQ-13, EQ-16, GV-04), and nothing free on them now: what is free is booked, not waited for.
 * Gives the span without days that have passed.
 */
export function decideWaiting(
  span: { from: PlainDate; until: PlainDate },
  facts: BookingFacts,
  context: { pilots: readonly QueuePilot[]; freeInSpan: boolean; isWaiting: boolean },
  at: Date,
): Result<{ departmentId: string; from: PlainDate; until: PlainDate }, WaitRefusal> {
  const today = toBusinessDate(at);
  const from = span.from < today ? today : span.from;
  if (span.until < span.from) return refuse('span-backwards');
  const wanted = {
    departmentId: facts.registeredDepartmentId ?? '',
    day: span.until,
    // The end of the day: on the last day itself something may still become free.
    startsAt: plainTime('23:59'),
  };
  const booking = decideBooking(wanted, facts, context.pilots, at);
  if (!booking.ok) return booking;
  if (context.isWaiting) return refuse('already-waiting');
  if (context.freeInSpan) return refuse('times-are-free');
  return ok({ departmentId: booking.value.departmentId, from, until: span.until });
}
