import type { Random } from '../../platform/random.ts';

/** Tries after which a message waits for a person: about four hours of trying. */
export const MAX_TRIES = 60;

const LAST_PAUSE_SECONDS = 300;

/** Seconds until the next try after `tries` of them: 1, 2, 4 … up to five minutes, the last fifth by chance. */
export function pauseSeconds(tries: number, random: Random): number {
  const pause = Math.min(LAST_PAUSE_SECONDS, 2 ** Math.max(0, tries - 1));
  return pause * (1 + random.below(200) / 1000);
}
