import { signingRequests } from '@mse/db/schema';
import { addMinutes } from '@mse/domain/shared';
import { lt } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';

const EVERY_MS = 3_600_000;
const KEPT_MINUTES = 30 * 24 * 60;

/** The worker's part in signing: clears away texts of more than thirty days, signed or not; what was signed stands with the fact it made. */
export function startSigningTimers(deps: Deps): { stop(): Promise<void> } {
  let running = Promise.resolve();
  const round = () => {
    running = clearOld(deps).catch((error: unknown) => {
      deps.log.error({ err: error }, 'clearing old signings failed');
    });
  };
  round();
  const timer = setInterval(round, EVERY_MS);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}

async function clearOld(deps: Deps): Promise<void> {
  const until = addMinutes(deps.clock.now(), -KEPT_MINUTES);
  await deps.db.delete(signingRequests).where(lt(signingRequests.createdAt, until));
}
