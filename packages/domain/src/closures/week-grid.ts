/** What a start time of a day looks like in the grid of K06. */
export const CELL_STATES = ['free', 'partly', 'full', 'closed', 'none'] as const;
export type CellState = (typeof CELL_STATES)[number];

/** Places of one start time of one day, counted. `closed` are those no one can book, `booked` those given away. */
export interface CellCounts {
  places: number;
  booked: number;
  closed: number;
}

/**
 * K06: the word of a start time. A booking that is still there on a closed day is said by its number; the time is closed
 * all the same.
 */
export function cellState({ places, booked, closed }: CellCounts): CellState {
  if (places === 0) return 'none';
  if (closed === places) return 'closed';
  if (booked === 0) return 'free';
  return booked + closed >= places ? 'full' : 'partly';
}

/** Why nobody is received on a day, or `reception`. */
export const DAY_STATES = ['reception', 'closed', 'holiday', 'weekend', 'no-schedule'] as const;
export type DayState = (typeof DAY_STATES)[number];

/** K06: the word of a day. A closure says more than a weekend, and both more than a schedule nobody has made. */
export function dayState(facts: {
  closed: boolean;
  working: boolean;
  exception: boolean;
  places: number;
}): DayState {
  if (facts.closed) return 'closed';
  if (!facts.working) return facts.exception ? 'holiday' : 'weekend';
  return facts.places > 0 ? 'reception' : 'no-schedule';
}
