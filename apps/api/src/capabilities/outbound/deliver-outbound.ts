import { outboundMessages } from '@mse/db/schema';
import { addMinutes } from '@mse/domain/shared';
import { and, eq, sql } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { HopelessJob } from '../../platform/jobs.ts';

/** Tries after which a message waits for a person: about a day of trying. */
export const MAX_TRIES = 300;

const LAST_PAUSE_SECONDS = 300;

/**
 * IN-08: one try to deliver a message. Acknowledged or refused settles it; silence plans the next try, which the worker's look for
 * due messages starts, with a growing pause. Settled
 * messages are left alone, so doing it twice is harmless; the receiver sees one key for all tries.
 */
export async function deliverOutbound(deps: Deps, outboundMessageId: string): Promise<void> {
  const [message] = await deps.db
    .select()
    .from(outboundMessages)
    .where(eq(outboundMessages.id, outboundMessageId));
  if (!message) throw new HopelessJob('outbound-message-not-found');
  if (message.state !== 'queued') return;
  const outcome = await deps.receivers.deliver(message.destination, message);
  const at = deps.clock.now();
  const attempts = message.attempts + 1;

  await deps.db.transaction(async (tx) => {
    const set = (change: Partial<typeof outboundMessages.$inferInsert>) =>
      tx
        .update(outboundMessages)
        .set({ attempts, ...change })
        .where(
          and(
            eq(outboundMessages.id, message.id),
            eq(outboundMessages.state, 'queued'),
            eq(outboundMessages.attempts, message.attempts),
          ),
        );
    if (outcome.kind === 'acknowledged') {
      await set({ state: 'acknowledged', settledAt: at, failure: null });
      return;
    }
    if (outcome.kind === 'refused' || attempts >= MAX_TRIES) {
      await set({ state: 'dead', settledAt: at, failure: outcome.why });
      return;
    }
    const seconds = pauseSeconds(attempts, deps);
    await set({ dueAt: addMinutes(at, seconds / 60), failure: outcome.why });
  });
}

/** Seconds until the next try: 1, 2, 4 … up to five minutes, the last fifth by chance. */
function pauseSeconds(tries: number, deps: Deps): number {
  const pause = Math.min(LAST_PAUSE_SECONDS, 2 ** Math.min(tries - 1, 10));
  return Math.ceil(pause * (1 + deps.random.below(200) / 1000));
}

/** Messages that wait and are due; those nobody works on are enqueued by the caller. */
export async function dueOutbound(deps: Deps, limit: number): Promise<string[]> {
  const rows = await deps.db
    .select({ id: outboundMessages.id })
    .from(outboundMessages)
    .where(
      and(
        eq(outboundMessages.state, 'queued'),
        sql`${outboundMessages.dueAt} <= ${deps.clock.now().toISOString()}::timestamptz`,
      ),
    )
    .orderBy(outboundMessages.dueAt)
    .limit(limit);
  return rows.map((row) => row.id);
}
