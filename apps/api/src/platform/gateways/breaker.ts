/** When a breaker trips and how it comes back. Counts of calls, milliseconds. */
export interface BreakerPolicy {
  /** Failures in a row that open it. */
  failuresInARow: number;
  /** Share of failures, 0 to 1, that opens it once `windowAtLeast` of the last `window` calls are known. */
  failureShare: number;
  windowAtLeast: number;
  window: number;
  /** Pause before one call may try again. */
  probeAfterMs: number;
}

export const DEFAULT_BREAKER_POLICY: BreakerPolicy = {
  failuresInARow: 5,
  failureShare: 0.5,
  windowAtLeast: 20,
  window: 40,
  probeAfterMs: 10_000,
};

/** Keeps calls away from a system that is down, so that it can recover and nobody waits for it. */
export interface Breaker {
  /** Whether a call may go out now. While half open exactly one may; whoever got true must report how it went. */
  mayCall(): boolean;
  succeeded(): void;
  failed(): void;
  state(): 'closed' | 'open' | 'half-open';
}

/** A breaker by the clock `now`, milliseconds that never run backwards. */
export function createBreaker(now: () => number, policy: BreakerPolicy = DEFAULT_BREAKER_POLICY): Breaker {
  let inARow = 0;
  let outcomes: boolean[] = [];
  let openedAt: number | null = null;
  let probing = false;

  function open(): void {
    openedAt = now();
    probing = false;
    inARow = 0;
    outcomes = [];
  }

  function isTripped(): boolean {
    if (inARow >= policy.failuresInARow) return true;
    const failures = outcomes.filter((succeeded) => !succeeded).length;
    return outcomes.length >= policy.windowAtLeast && failures >= outcomes.length * policy.failureShare;
  }

  function note(succeeded: boolean): void {
    outcomes.push(succeeded);
    if (outcomes.length > policy.window) outcomes.shift();
  }

  return {
    mayCall() {
      if (openedAt === null) return true;
      if (probing || now() - openedAt < policy.probeAfterMs) return false;
      probing = true;
      return true;
    },
    succeeded() {
      // A call that went out before the breaker opened says nothing about now; only the probe closes it.
      if (openedAt !== null && !probing) return;
      openedAt = null;
      probing = false;
      inARow = 0;
      note(true);
    },
    failed() {
      if (openedAt !== null) {
        if (probing) open();
        return;
      }
      inARow += 1;
      note(false);
      if (isTripped()) open();
    },
    state() {
      if (openedAt === null) return 'closed';
      return probing || now() - openedAt >= policy.probeAfterMs ? 'half-open' : 'open';
    },
  };
}
