import { intakeMessages } from '@mse/db/schema';
import { eq } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { judgeForm } from './judge-form.ts';

const SWEEP_EVERY_MS = 15_000;

/** The worker's part in intake: forms that wait for a silent registry are judged again until it answers. */
export async function startIntakeJobs(
  deps: Deps,
  options: { sweepEveryMs?: number } = {},
): Promise<{ stop(): Promise<void> }> {
  await deps.jobs.work('intake.recheck', async ({ intakeMessageId }) => {
    await judgeForm(deps, intakeMessageId, null);
  });

  let withoutJob = new Set<string>();
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  /**
   * Waiting messages without a job: the process that took them ended before it judged them, or their job failed for good
   * and was removed. One that is just being judged has no job either, so only those seen twice count.
   */
  async function sweep(): Promise<void> {
    const waiting = await deps.db
      .select({ id: intakeMessages.id })
      .from(intakeMessages)
      .where(eq(intakeMessages.state, 'waiting'))
      .limit(1000);
    const ids = waiting.map((row) => row.id);
    const fates = await deps.jobs.fates(deps.db, 'intake.recheck', ids);
    const idle = ids.filter((id) => fates.get(id) === 'none');
    for (const intakeMessageId of idle.filter((id) => withoutJob.has(id)))
      await deps.jobs.enqueue(deps.db, 'intake.recheck', { intakeMessageId });
    withoutJob = new Set(idle);
  }

  let running: Promise<void> = Promise.resolve();
  const round = (): void => {
    running = sweep()
      .catch((error: unknown) => deps.log.error({ err: error }, 'intake: sweep failed'))
      .finally(() => {
        if (!stopped) timer = setTimeout(round, options.sweepEveryMs ?? SWEEP_EVERY_MS);
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
