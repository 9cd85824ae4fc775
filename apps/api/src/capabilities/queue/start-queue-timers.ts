import type { Deps } from '../../deps.ts';
import { annulLate } from './annul-late.ts';

const PAUSE_MS = 2000;

/**
 * Keeps the queue's deadlines: every two seconds, by the service's clock, whoever is late is annulled (EQ-14).
 * A round that fails (the database restarts) is logged and the next one makes up for it. `stop` waits for the round under way.
 */
export function startQueueTimers(deps: Deps): Promise<{ stop(): Promise<void> }> {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const round = async () => {
    try {
      const annulled = await annulLate(deps, deps.clock.now());
      if (annulled > 0) deps.log.info({ annulled }, 'late bookings annulled');
    } catch (error) {
      deps.log.warn({ err: error }, 'annulling the late failed; trying again');
    }
    if (!stopped) timer = setTimeout(next, PAUSE_MS);
  };
  let running = Promise.resolve();
  const next = () => {
    running = round();
  };
  next();
  return Promise.resolve({
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  });
}
