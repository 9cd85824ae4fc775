/** Letters of the series. L is the live queue's own (EQ-15); I and O would be read as digits. */
const SERIES = 'ABCDEFGHJKMNPQRSTUVWXYZ';

/**
 * EQ-10: the number a person sees and the board shows, such as `A-003`.
 * The digits are the place in the department's day; the letter says how many times that place was given before,
 * so that a place freed by a cancellation never repeats a number that is still on somebody's paper.
 * `dayNo` counts from 1, `issue` from 0.
 */
export function ticketNumber(dayNo: number, issue: number): string {
  let letters = '';
  for (let left = issue; left >= 0; left = Math.floor(left / SERIES.length) - 1) {
    letters = SERIES.charAt(left % SERIES.length) + letters;
  }
  return `${letters}-${String(dayNo).padStart(3, '0')}`;
}

/** EQ-15: numbers of the live queue have a series of their own, `L-001`. */
export function liveTicketNumber(dayNo: number): string {
  return `L-${String(dayNo).padStart(3, '0')}`;
}
