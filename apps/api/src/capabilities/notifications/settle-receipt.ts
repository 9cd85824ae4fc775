import type { Executor } from '@mse/db';
import { messageEvents, messages } from '@mse/db/schema';
import { and, arrayOverlaps, desc, eq, isNotNull, like, sql } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import {
  partOfReference,
  type SmsReceipt,
  spellingsOfCentreId,
} from '../../platform/gateways/sms-gateway.ts';
import { isFinal, isWholeAtCentre, lockMessage, type Message, moveMessage } from './message-steps.ts';

/**
 * EQ-06: keeps what the centre says of a part as evidence and moves the message on: delivered when every part is,
 * undelivered when one is not. A receipt also proves that the centre has the part, which ends the waiting of an
 * unanswered one. Answers false when no message fits.
 */
export async function settleReceipt(deps: Deps, receipt: SmsReceipt): Promise<boolean> {
  const found = (await findByCentreId(deps, receipt)) ?? (await findByReference(deps, receipt));
  if (!found) return false;
  await deps.db.transaction(async (tx) => {
    const message = await lockMessage(tx, found.id);
    const part = message && partOf(message, receipt);
    if (message && part) await keep(deps, tx, message, part, receipt);
  });
  return true;
}

async function keep(
  deps: Deps,
  tx: Executor,
  message: Message,
  part: number,
  receipt: SmsReceipt,
): Promise<void> {
  const detail = `part ${part}/${message.parts} ${receipt.words}`;
  const known = await tx
    .select({ detail: messageEvents.detail })
    .from(messageEvents)
    .where(and(eq(messageEvents.messageId, message.id), like(messageEvents.detail, 'part %')));
  // The centre repeats a receipt whose confirmation it did not get.
  if (known.some((event) => event.detail === detail)) return;

  const id = message.centreIds[part - 1] || receipt.centreId || `reference-${receipt.reference}`;
  const centreIds = message.centreIds.with(part - 1, id);
  const change = { centreIds };
  if (isFinal(message.state)) {
    await moveMessage(deps, tx, message, message.state, { detail, change });
    return;
  }
  if (receipt.outcome === 'undelivered') {
    await moveMessage(deps, tx, message, 'undelivered', {
      detail,
      change: { ...change, failure: receipt.words },
    });
    return;
  }
  const delivered = new Set(
    [...known.map((event) => event.detail ?? ''), detail].flatMap(
      (line) => /^part (\d+)\/\d+ DELIVRD/.exec(line)?.[1] ?? [],
    ),
  );
  const state =
    delivered.size === message.parts
      ? 'delivered'
      : isWholeAtCentre(centreIds, message.parts)
        ? 'accepted'
        : message.state;
  await moveMessage(deps, tx, message, state, {
    detail,
    change: state === message.state ? change : { ...change, failure: null },
  });
}

/** The newest message to this number that has the centre's id; ids start anew when a centre does. */
async function findByCentreId(deps: Deps, receipt: SmsReceipt): Promise<Message | undefined> {
  if (!receipt.centreId) return undefined;
  const rows = await deps.db
    .select()
    .from(messages)
    .where(
      and(
        arrayOverlaps(messages.centreIds, spellingsOfCentreId(receipt.centreId)),
        eq(messages.phone, receipt.phone),
      ),
    )
    .orderBy(desc(messages.createdAt))
    .limit(5);
  return rows.find((message) => partOf(message, receipt) !== null);
}

/** The open message to this number whose reference the centre echoes; needed when its answer never came. */
async function findByReference(deps: Deps, receipt: SmsReceipt): Promise<Message | undefined> {
  if (receipt.reference === null) return undefined;
  const rows = await deps.db
    .select()
    .from(messages)
    .where(
      and(
        eq(messages.phone, receipt.phone),
        isNotNull(messages.reference),
        sql`${messages.state} in ('queued', 'sending', 'unknown', 'accepted')`,
      ),
    )
    .orderBy(desc(messages.createdAt))
    .limit(100);
  return rows.find((message) => partOf(message, receipt) !== null);
}

/** Which part of a message a receipt is about, from 1; null when about none. Id and reference must not contradict each other. */
function partOf(message: Message, receipt: SmsReceipt): number | null {
  const byReference =
    receipt.reference === null || message.reference === null || message.parts === null
      ? undefined
      : partOfReference(message.reference, message.parts, receipt.reference);
  const spellings = receipt.centreId ? spellingsOfCentreId(receipt.centreId) : [];
  const index = message.centreIds.findIndex((id) => id !== '' && spellings.includes(id));
  if (index >= 0) return byReference === undefined || byReference === index + 1 ? index + 1 : null;
  // Not by id: then the part must be one whose id never came.
  return byReference && message.centreIds[byReference - 1] === '' ? byReference : null;
}
