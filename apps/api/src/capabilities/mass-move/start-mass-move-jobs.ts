import { massMoves } from '@mse/db/schema';
import { eq } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { runMassMove } from './run-mass-move.ts';

const SWEEP_EVERY_MS = 15_000;

/** The worker's part in mass moves: the job itself, and a look for moves that nobody works on. */
export async function startMassMoveJobs(
  deps: Deps,
  options: { sweepEveryMs?: number } = {},
): Promise<{ stop(): Promise<void> }> {
  await deps.jobs.work(
    'mass-move.run',
    async ({ massMoveId }) => {
      await runMassMove(deps, massMoveId);
    },
    { parallel: 2 },
  );

  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  /** Enqueues moves whose job was lost. One whose job failed for good waits for a person, who sees it on the page of the move. */
  async function sweep(): Promise<void> {
    const running = await deps.db
      .select({ id: massMoves.id })
      .from(massMoves)
      .where(eq(massMoves.state, 'running'))
      .limit(1000);
    const ids = running.map((row) => row.id);
    const fates = await deps.jobs.fates(deps.db, 'mass-move.run', ids);
    for (const massMoveId of ids)
      if (fates.get(massMoveId) === 'none') await deps.jobs.enqueue(deps.db, 'mass-move.run', { massMoveId });
  }

  let round: Promise<void> = Promise.resolve();
  const next = (): void => {
    round = sweep()
      .catch((error: unknown) => deps.log.error({ err: error }, 'mass moves: sweep failed'))
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
