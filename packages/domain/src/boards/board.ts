/** B01: a board shows this many of the last calls. */
const SHOWN_CALLS = 5;
/** B01: a board that was not heard of for so many seconds counts as off; it gives a sign of life every fifteen. */
export const BOARD_SILENCE_SECONDS = 60;
/** K11: how loud a board may be set. */
export const LOUDEST = 100;

/** Why a board cannot be changed as wished (K11). */
export const BOARD_REFUSALS = ['room-unknown', 'name-taken'] as const;
export type BoardRefusal = (typeof BOARD_REFUSALS)[number];

/** A call as a board shows it: a number and a room, never a name. */
export interface BoardCall {
  ticketNo: string;
  room: string;
  /** Instant of the last call. */
  calledAt: Date;
  /** How many times the person was called. */
  calls: number;
}

/** B01: the last calls to the rooms a board shows, newest first. No rooms named means every room. */
export function lastCalls<Call extends BoardCall>(calls: readonly Call[], rooms: readonly string[]): Call[] {
  return calls
    .filter(({ room }) => rooms.length === 0 || rooms.includes(room))
    .sort(
      (left, right) =>
        right.calledAt.getTime() - left.calledAt.getTime() || (left.ticketNo < right.ticketNo ? -1 : 1),
    )
    .slice(0, SHOWN_CALLS);
}

/** K11: whether a board is off: never heard of, or silent for too long. */
export function isBoardOff(lastSeenAt: Date | null, at: Date): boolean {
  return lastSeenAt === null || at.getTime() - lastSeenAt.getTime() > BOARD_SILENCE_SECONDS * 1000;
}

/** What a voice says of a call: letters one by one, then the number, so that `A-003` is heard as "A, 3". */
export function spokenTicket(ticketNo: string): { letters: string[]; number: number } {
  const [, letters = '', digits = ''] = /^(\p{L}+)-(\d+)$/u.exec(ticketNo) ?? [];
  return { letters: [...letters], number: Number(digits) };
}
