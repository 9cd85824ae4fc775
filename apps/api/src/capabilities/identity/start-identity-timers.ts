import { mobileSignings, phoneChanges, sessions, signInChallenges } from '@mse/db/schema';
import { addMinutes } from '@mse/domain/shared';
import { lt } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { DAY_MINUTES } from './code-subject.ts';

const EVERY_MS = 3_600_000;

/** The worker's part in identity: clears away what has ended, every hour. Several workers may do it at once. */
export function startIdentityTimers(deps: Deps): { stop(): Promise<void> } {
  let running = Promise.resolve();
  const round = () => {
    running = clearEnded(deps).catch((error: unknown) => {
      deps.log.error({ err: error }, 'clearing ended sign-ins failed');
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

/**
 * Deletes sessions that are over and sign-ins and changes of number that no count needs any more: codes are counted over a day (T11), so they
 * stay for two.
 */
async function clearEnded(deps: Deps): Promise<void> {
  const at = deps.clock.now();
  await deps.db.delete(sessions).where(lt(sessions.expiresAt, at));
  await deps.db.delete(mobileSignings).where(lt(mobileSignings.expiresAt, at));
  await deps.db
    .delete(signInChallenges)
    .where(lt(signInChallenges.createdAt, addMinutes(at, -2 * DAY_MINUTES)));
  await deps.db.delete(phoneChanges).where(lt(phoneChanges.createdAt, addMinutes(at, -2 * DAY_MINUTES)));
}
