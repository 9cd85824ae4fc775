import type { Deps } from '../../deps.ts';
import { deliverOutbound, dueOutbound } from './deliver-outbound.ts';

const SWEEP_EVERY_MS = 2_000;

/** The worker's part in messages to other systems: a look for those that are due, and their deliveries, many at a time. */
export async function startOutbound(
  deps: Deps,
  options: { sweepEveryMs?: number } = {},
): Promise<{ stop(): Promise<void> }> {
  await deps.jobs.work('outbound.deliver', ({ outboundMessageId }) =>
    deliverOutbound(deps, outboundMessageId),
  );

  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  async function sweep(): Promise<void> {
    const ids = await dueOutbound(deps, 1000);
    const fates = await deps.jobs.fates(deps.db, 'outbound.deliver', ids);
    // A job that failed for good waits for a person on the operations page.
    for (const outboundMessageId of ids)
      if (fates.get(outboundMessageId) === 'none')
        await deps.jobs.enqueue(deps.db, 'outbound.deliver', { outboundMessageId });
  }

  let running: Promise<void> = Promise.resolve();
  const round = (): void => {
    running = sweep()
      .catch((error: unknown) => deps.log.error({ err: error }, 'outbound messages: sweep failed'))
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
