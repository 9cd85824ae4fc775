const FIRST_SECONDS = 1;
const LONGEST_SECONDS = 30;

/** Seconds to wait before the next attempt to connect: 1, 2, 4, 8, 16, then 30. `attempt` counts from 0. */
export function waitBeforeAttempt(attempt: number): number {
  return Math.min(FIRST_SECONDS * 2 ** Math.min(attempt, 10), LONGEST_SECONDS);
}
