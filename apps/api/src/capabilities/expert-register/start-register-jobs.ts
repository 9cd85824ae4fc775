import { expertApplications } from '@mse/db/schema';
import { eq } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { readFeeds } from './read-feeds.ts';
import { settleIndicators, settleOverdue } from './settle-overdue.ts';

const TERMS_EVERY_MS = 5_000;
const FEEDS_EVERY_MS = 30_000;

/** RG-11: tells the test platform of an invitation that still stands; one that is over needs no telling. */
export async function inviteOnPlatform(deps: Deps, applicationId: string): Promise<void> {
  const [application] = await deps.db
    .select()
    .from(expertApplications)
    .where(eq(expertApplications.id, applicationId));
  if (!application) return;
  const { state, testCode, dueOn, attempt, language } = application;
  if ((state !== 'invited' && state !== 'retake') || !testCode || !dueOn) return;
  await deps.skills.invite({ code: testCode, attempt, dueOn, language });
}

/**
 * The worker's part in the register: invitations to the test platform, terms that have passed (RG-16, RG-20), planned indicators of the month (RG-30(5)),
 * and the news of registries (RG-31, PX-17). Times are the service's own; a round that fails is made up for by the next.
 */
export async function startRegisterJobs(
  deps: Deps,
  options: { termsEveryMs?: number; feedsEveryMs?: number } = {},
): Promise<{ stop(): Promise<void> }> {
  await deps.jobs.work('register.invite-test', ({ applicationId }) => inviteOnPlatform(deps, applicationId));
  const rounds = [
    startRounds(deps, 'terms', options.termsEveryMs ?? TERMS_EVERY_MS, async () => {
      await settleOverdue(deps, deps.clock.now());
      await settleIndicators(deps, deps.clock.now());
    }),
    startRounds(deps, 'feeds', options.feedsEveryMs ?? FEEDS_EVERY_MS, async () => {
      await readFeeds(deps, deps.clock.now());
    }),
  ];
  return {
    async stop() {
      for (const round of rounds) await round.stop();
    },
  };
}

function startRounds(deps: Deps, name: string, everyMs: number, act: () => Promise<void>) {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const round = (): void => {
    running = act()
      .catch((error: unknown) => deps.log.error({ err: error, round: name }, 'register: round failed'))
      .finally(() => {
        if (!stopped) timer = setTimeout(round, everyMs);
      });
  };
  round();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
