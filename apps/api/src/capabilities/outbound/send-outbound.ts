import { type Executor, insertMany } from '@mse/db';
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
 * IN-08: messages to other systems, written in the transaction of the facts they tell; the worker finds them within two seconds and
 * delivers each until it is acknowledged. A second message with the same key is none.
 */
export async function sendOutbound(
  deps: Deps,
  tx: Executor,
  drafts: OutboundDraft | readonly OutboundDraft[],
  at: Date,
): Promise<void> {
  const rows = [drafts]
    .flat()
    .map((draft) => ({ id: deps.random.id(at), ...draft, createdAt: at, dueAt: at }));
  await insertMany(tx, outboundMessages, rows, { unless: outboundMessages.onceKey });
}
