import type { BoardView } from '@mse/contracts/boards';
import type { z } from 'zod';

export type View = z.output<typeof BoardView>;
export type Call = View['calls'][number];

/** A call older than this is not announced any more, seconds: after a long silence the hall would hear the whole morning. */
export const STALE_CALL_SECONDS = 120;

const keyOf = (call: Call) => `${call.ticketNo} ${call.calledAt}`;

/**
 * B01: calls a board has to announce, oldest first: those it has not shown before and that are still fresh by the service's clock.
 * The first picture after the start announces nothing.
 */
export function callsToAnnounce(before: View | null, now: View): Call[] {
  if (!before) return [];
  const known = new Set(before.calls.map(keyOf));
  return now.calls
    .filter((call) => !known.has(keyOf(call)))
    .filter((call) => Date.parse(now.serverTime) - Date.parse(call.calledAt) <= STALE_CALL_SECONDS * 1000)
    .reverse();
}

/** Places the picture moves between, so that nothing burns into the screen. */
export const SHIFTS = 9;
/** Minutes in one place. */
const SHIFT_MINUTES = 2;

/** Burn-in: which of the places the picture has at an instant (milliseconds). */
export function shiftAt(milliseconds: number): number {
  return Math.floor(milliseconds / (SHIFT_MINUTES * 60_000)) % SHIFTS;
}
