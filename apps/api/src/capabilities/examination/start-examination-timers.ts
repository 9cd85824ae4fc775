import type { Deps } from '../../deps.ts';
import { dealWaiting } from './deal-cases.ts';
import { keepInvitations } from './keep-invitations.ts';
import { keepPresence } from './keep-presence.ts';
import { keepTerms } from './keep-terms.ts';
import { tellExperts } from './tell-experts.ts';

const PAUSE_MS = 2000;

/** One look at everything of the remote examination that time brings about. Several workers may do it at once. */
export async function sweepExamination(deps: Deps, at: Date) {
  const moved = await keepPresence(deps, at);
  const dealt = await dealWaiting(deps, at);
  const terms = await keepTerms(deps, at);
  const invitations = await keepInvitations(deps, at);
  // Last, so that one message says what the round before it has done.
  const told = await tellExperts(deps, at);
  return { moved: moved.moved, left: moved.left, dealt, ...terms, ...invitations, told };
}

/**
 * The worker's part in the remote examination, every two seconds by the service's clock: dealing (PX-10), absences (PX-17), terms and what experts
 * are told of them (PX-25), invitations (PX-36, PX-37). A round that fails is logged and made up for by the next. `stop` waits for the round under way.
 */
export function startExaminationTimers(
  deps: Deps,
  options: { pauseMs?: number } = {},
): { stop(): Promise<void> } {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  const round = async () => {
    try {
      const did = await sweepExamination(deps, deps.clock.now());
      if (Object.values(did).some((count) => count > 0)) deps.log.info(did, 'remote examination swept');
    } catch (error) {
      deps.log.warn({ err: error }, 'sweeping the remote examination failed; trying again');
    }
    if (!stopped) timer = setTimeout(next, options.pauseMs ?? PAUSE_MS);
  };
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
