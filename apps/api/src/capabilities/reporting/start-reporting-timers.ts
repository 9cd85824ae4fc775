import type { Deps } from '../../deps.ts';
import { publishWeeks } from './publish-weeks.ts';

const PAUSE_MS = 60_000;

/**
 * C36: publishes weeks that are over, within a minute of their end by the service's clock. A round that fails is logged and the next
 * one makes up for it. `stop` waits for the round under way.
 */
export function startReportingTimers(deps: Deps): { stop(): Promise<void> } {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const round = async () => {
    try {
      const published = await publishWeeks(deps, deps.clock.now());
      if (published > 0) deps.log.info({ published }, 'weeks published');
    } catch (error) {
      deps.log.warn({ err: error }, 'publishing weeks failed; trying again');
    }
    if (!stopped) timer = setTimeout(next, PAUSE_MS);
  };
  let running = Promise.resolve();
  const next = () => {
    running = round();
  };
  next();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
