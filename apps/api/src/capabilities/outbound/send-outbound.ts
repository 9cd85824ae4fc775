import type { Executor } from '@mse/db';
import { type OutboundDestination, outboundMessages } from '@mse/db/schema';
import type { Deps } from '../../deps.ts';

/** What another system is to be told. */
export interface OutboundDraft {
  destination: OutboundDestination;
  /** What it is about, as the receiver knows it: `form-031.returned`. */
  kind: string;
  payload: Record<string, unknown>;
  /** One message per key, whatever happens twice. Ids only: it travels in a header. */
  onceKey: string;
  /** Whose data it carries; null when nobody's. */
  personId: string | null;
}

/**
 * IN-08: a message to another system, written in the transaction of the fact it tells; the worker finds it within two seconds and
 * delivers it until it is acknowledged. A second message with the same key is none.
 */
export async function sendOutbound(deps: Deps, tx: Executor, draft: OutboundDraft, at: Date): Promise<void> {
  await tx
    .insert(outboundMessages)
    .values({ id: deps.random.id(at), ...draft, createdAt: at, dueAt: at })
    .onConflictDoNothing({ target: outboundMessages.onceKey });
}
