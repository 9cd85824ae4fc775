import type { RetryDeadLetterInput, RetryDeadLetterOutput } from '@mse/contracts/operations';
import type { Executor } from '@mse/db';
import { messages, outboundMessages, persons } from '@mse/db/schema';
import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, signedIn } from '../../trpc.ts';
import { lockMessage, moveMessage } from '../notifications/message-steps.ts';
import { MESSAGE_LETTER, OUTBOUND_LETTER } from './list-dead-letters.ts';

/**
 * Puts a piece of dead work back, with all its tries. A message goes to the number the person has now. Refuses what is not
 * among the dead any more. Doing it twice does the work once.
 */
export async function retryDeadLetter(
  call: CallContext,
  input: z.output<typeof RetryDeadLetterInput>,
): Promise<z.input<typeof RetryDeadLetterOutput>> {
  const caller = signedIn(call);
  return call.deps.db.transaction(async (tx) => {
    const revived = input.id.startsWith(MESSAGE_LETTER)
      ? await reviveMessage(call, tx, input.id.slice(MESSAGE_LETTER.length))
      : input.id.startsWith(OUTBOUND_LETTER)
        ? await reviveOutbound(call, tx, input.id.slice(OUTBOUND_LETTER.length))
        : await reviveJob(call, tx, input.id);
    if (!revived) return { ok: false, refusal: 'not-found' };
    await recordAudit(tx, {
      at: call.at,
      actor: caller.personId,
      actorRole: actingRole('operations.retryDeadLetter', caller),
      action: 'operations.retryDeadLetter',
      outcome: 'done',
      personId: null,
      subject: revived,
      requestId: call.requestId,
    });
    return { ok: true };
  });
}

/** Answers the subject for the audit, or null when there is nothing to revive. */
async function reviveMessage(call: CallContext, tx: Executor, id: string): Promise<string | null> {
  if (!z.uuid().safeParse(id).success) return null;
  const message = await lockMessage(tx, id);
  if (message?.state !== 'dead' || message.template === 'code') return null;
  const [person] = await tx
    .select({ phone: persons.phone })
    .from(persons)
    .where(eq(persons.id, message.personId));
  await moveMessage(call.deps, tx, message, 'queued', {
    detail: 'retried-by-person',
    change: { dueAt: call.at, attempts: 0, failure: null, phone: message.phone ?? person?.phone ?? null },
  });
  return `message:${id}`;
}

/** IN-08: a message another system refused or was silent about for a day goes out again under the same key. */
async function reviveOutbound(call: CallContext, tx: Executor, id: string): Promise<string | null> {
  if (!z.uuid().safeParse(id).success) return null;
  const revived = await tx
    .update(outboundMessages)
    .set({ state: 'queued', attempts: 0, dueAt: call.at, settledAt: null, failure: null })
    .where(and(eq(outboundMessages.id, id), eq(outboundMessages.state, 'dead')))
    .returning({ id: outboundMessages.id });
  if (revived.length === 0) return null;
  await call.deps.jobs.enqueue(tx, 'outbound.deliver', { outboundMessageId: id });
  return `outbound:${id}`;
}

async function reviveJob(call: CallContext, tx: Executor, id: string): Promise<string | null> {
  const revived = await call.deps.jobs.revive(tx, id);
  if (!revived) return null;
  if (revived.queue === 'sms.submit' && revived.subjectId)
    await expectSubmission(call, tx, revived.subjectId);
  return `job:${revived.queue}:${revived.subjectId}`;
}

/** The submitting job takes messages in state `sending` only. */
async function expectSubmission(call: CallContext, tx: Executor, messageId: string): Promise<void> {
  const [message] = await tx
    .select()
    .from(messages)
    .where(and(eq(messages.id, messageId), eq(messages.state, 'dead'), eq(messages.failure, 'job-failed')))
    .for('update');
  if (message)
    await moveMessage(call.deps, tx, message, 'sending', {
      detail: 'retried-by-person',
      change: { failure: null },
    });
}
