import { messages } from '@mse/db/schema';
import { and, asc, eq, inArray, isNotNull, lte, sql } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { copyToContactNumbers } from './copy-to-contact.ts';
import { moveMessage } from './message-steps.ts';

const BATCH = 100;

/** Messages handed to the jobs and not yet to the centre; more wait in the table, where a code can still overtake them. */
const MAX_HANDED_OVER = 300;

/**
 * The outbox: hands due messages to the submitting jobs, codes first. A message and its job change in one transaction, so
 * neither is without the other. Answers whether there is more to hand over.
 */
export async function relayDueMessages(deps: Deps): Promise<boolean> {
  const handedOver = await deps.db.$count(messages, eq(messages.state, 'sending'));
  const room = Math.min(BATCH, MAX_HANDED_OVER - handedOver);
  if (room <= 0) return false;
  return deps.db.transaction(async (tx) => {
    const due = await tx
      .select()
      .from(messages)
      .where(and(eq(messages.state, 'queued'), lte(messages.dueAt, deps.clock.now())))
      .orderBy(sql`(${messages.template} = 'code') desc`, asc(messages.dueAt))
      .limit(room)
      .for('update', { skipLocked: true });
    await copyToContactNumbers(
      tx,
      due.map((message) => message.id),
      deps.clock.now(),
    );
    for (const message of due) {
      await moveMessage(deps, tx, message, 'sending', { detail: null });
      await deps.jobs.enqueue(
        tx,
        'sms.submit',
        { messageId: message.id },
        { priority: message.template === 'code' ? 1 : 0 },
      );
    }
    return due.length === room;
  });
}

/** Ends messages that became worthless while they waited: a code after five minutes, a reminder after the visit began. */
export async function expireMessages(deps: Deps): Promise<void> {
  await deps.db.transaction(async (tx) => {
    const late = await tx
      .select()
      .from(messages)
      .where(
        and(
          eq(messages.state, 'queued'),
          isNotNull(messages.expiresAt),
          lte(messages.expiresAt, deps.clock.now()),
        ),
      )
      .limit(500)
      .for('update', { skipLocked: true });
    for (const message of late) await moveMessage(deps, tx, message, 'expired', { detail: 'too-late' });
  });
}

/**
 * Finds messages that count as handed over although no job works on them (somebody removed it, or it failed for good).
 * Without a job they are handed over again; those whose job failed wait for a person.
 */
export async function findLostMessages(deps: Deps): Promise<void> {
  const handedOver = await deps.db
    .select({ id: messages.id })
    .from(messages)
    .where(eq(messages.state, 'sending'))
    .limit(1000);
  const fates = await deps.jobs.fates(
    deps.db,
    'sms.submit',
    handedOver.map((row) => row.id),
  );
  const lost = handedOver.map((row) => row.id).filter((id) => fates.get(id) !== 'at-work');
  if (lost.length === 0) return;
  await deps.db.transaction(async (tx) => {
    const rows = await tx
      .select()
      .from(messages)
      .where(and(inArray(messages.id, lost), eq(messages.state, 'sending')))
      .for('update', { skipLocked: true });
    for (const message of rows) {
      if (fates.get(message.id) === 'dead')
        await moveMessage(deps, tx, message, 'dead', {
          detail: 'job-failed',
          change: { failure: 'job-failed' },
        });
      else
        await moveMessage(deps, tx, message, 'queued', {
          detail: 'job-lost',
          change: { dueAt: deps.clock.now() },
        });
    }
  });
}
