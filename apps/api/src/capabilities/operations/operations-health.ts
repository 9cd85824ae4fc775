import type { OperationsHealthOutput } from '@mse/contracts/operations';
import { messages } from '@mse/db/schema';
import { count, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';

/** How the parts are doing, as this process sees them. Counts only, no data of people. */
export async function operationsHealth(call: CallContext): Promise<z.input<typeof OperationsHealthOutput>> {
  const { db, jobs, registries, receivers } = call.deps;
  const [[server], queues, states] = await Promise.all([
    db.execute<{ version: string }>(sql`select current_setting('server_version') as version`),
    jobs.counts(db),
    db
      .select({ state: messages.state, count: count() })
      .from(messages)
      .groupBy(messages.state)
      .orderBy(messages.state),
  ]);
  return {
    // Without the database this answer could not be given at all; the readiness probe tells that case.
    database: { ok: server !== undefined, version: server?.version ?? 'unknown' },
    queues,
    messages: states,
    registries: [
      ...registries.states(),
      ...receivers.states().map(({ name, ...state }) => ({ name: `receiver-${name}`, ...state })),
    ].map(({ lastSuccessAt, ...registry }) => ({
      ...registry,
      lastSuccessAt: lastSuccessAt?.toISOString() ?? null,
    })),
  };
}
