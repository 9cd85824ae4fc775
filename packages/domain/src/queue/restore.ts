import { ok, type PlainDate, refuse, type Result, toBusinessDate } from '../shared/index.ts';
import type { BookingState } from './booking.ts';
import { isLate } from './lateness.ts';
import type { VisitState } from './visit.ts';

/** Why an annulment is taken back (K04); `other` wants a note in the clerk's words. */
export const RESTORE_REASONS = [
  'was-here-in-time',
  'pressed-by-mistake',
  'service-failure',
  'other',
] as const;
export type RestoreReason = (typeof RESTORE_REASONS)[number];

/** Why an annulment cannot be taken back. */
export const RESTORE_REFUSALS = [
  'not-annulled',
  'other-day',
  'form-has-booking',
  'in-live-queue',
  'already-served',
  'on-field-session',
] as const;
export type RestoreRefusal = (typeof RESTORE_REFUSALS)[number];

/** An annulled booking, or a visit of the live queue whose person did not come. */
export interface MissedTurn {
  /** Null for the live queue, which has no booking. */
  booking: { state: BookingState; startsAt: Date } | null;
  /** State of the visit, null when the person was never marked as arrived. */
  visit: VisitState | null;
  day: PlainDate;
  /** State of the booking that holds the form by now, null when none does. */
  holding: BookingState | null;
  /** The form's person waits, is called or in service by now. */
  waits: boolean;
  /** FF-03: the form is on a field session by now, or is examined in absentia. */
  fieldPlace: boolean;
}

/**
 * K04, EQ-14: takes back an annulment made by mistake, on its own day only and only while nothing took its place.
 * `booked`: nobody was marked as arrived and the last minute of an arrival in time is not over. `arrived`: the person counts as
 * here and waits; past the fifteen minutes there is no other way, or the booking would be annulled again at once.
 */
export function decideRestore(turn: MissedTurn, at: Date): Result<'booked' | 'arrived', RestoreRefusal> {
  const missed = turn.booking ? turn.booking.state === 'annulled' : turn.visit === 'did-not-come';
  if (!missed) return refuse('not-annulled');
  if (turn.day !== toBusinessDate(at)) return refuse('other-day');
  if (turn.holding === 'served') return refuse('already-served');
  if (turn.waits) return refuse('in-live-queue');
  if (turn.holding !== null) return refuse('form-has-booking');
  if (turn.fieldPlace) return refuse('on-field-session');
  if (turn.booking && turn.visit === null && !isLate(turn.booking.startsAt, at)) return ok('booked');
  return ok('arrived');
}
