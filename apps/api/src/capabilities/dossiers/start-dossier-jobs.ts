import { cases } from '@mse/db/schema';
import { and, asc, eq, lt } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { prepareCase } from './prepare-case.ts';

const SWEEP_EVERY_MS = 30_000;
const LANES = 3;
/** A case that waits longer than this for its draft act may have lost its job. */
const LOST_AFTER_MS = 60_000;

/** The worker's part in draft acts: the job itself, and a look for accepted cases that nobody works on. */
export async function startDossierJobs(
  deps: Deps,
  options: { sweepEveryMs?: number } = {},
): Promise<{ stop(): Promise<void> }> {
  // Lanes of their own: a case with many pages holds up one, and the others go past it.
  for (let lane = 0; lane < LANES; lane += 1)
    await deps.jobs.work(
      'examination.prepare',
      async ({ caseId }) => {
        await prepareCase(deps, caseId);
      },
      { parallel: 1 },
    );

  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  async function sweep(): Promise<void> {
    const waiting = await deps.db
      .select({ id: cases.id })
      .from(cases)
      .where(
        and(
          eq(cases.state, 'accepted'),
          lt(cases.stateAt, new Date(deps.clock.now().getTime() - LOST_AFTER_MS)),
        ),
      )
      .orderBy(asc(cases.arrival))
      .limit(500);
    const ids = waiting.map((row) => row.id);
    const fates = await deps.jobs.fates(deps.db, 'examination.prepare', ids);
    for (const caseId of ids)
      if (fates.get(caseId) === 'none') await deps.jobs.enqueue(deps.db, 'examination.prepare', { caseId });
  }

  let round: Promise<void> = Promise.resolve();
  const next = (): void => {
    round = sweep()
      .catch((error: unknown) => deps.log.error({ err: error }, 'draft acts: sweep failed'))
      .finally(() => {
        if (!stopped) timer = setTimeout(next, options.sweepEveryMs ?? SWEEP_EVERY_MS);
      });
  };
  next();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await round;
    },
  };
}
