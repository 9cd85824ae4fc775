import type { Executor } from '@mse/db';
import { messageEvents, messages } from '@mse/db/schema';
import { FINAL_MESSAGE_STATES, type MessageState } from '@mse/domain/notifications';
import { eq } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';

/** A message as our table holds it. */
export type Message = typeof messages.$inferSelect;

/** Locks a message for the rest of the transaction; undefined when there is none. */
export async function lockMessage(executor: Executor, messageId: string): Promise<Message | undefined> {
  const [message] = await executor.select().from(messages).where(eq(messages.id, messageId)).for('update');
  return message;
}

/**
 * EQ-06: moves a locked message to a state and keeps the step as evidence. What a one-time code was sealed in is erased
 * with its last step.
 */
export async function moveMessage(
  deps: Deps,
  executor: Executor,
  message: Message,
  state: MessageState,
  step: { detail: string | null; change?: Partial<typeof messages.$inferInsert> },
): Promise<void> {
  const at = deps.clock.now();
  const isLast = isFinal(state) || state === 'accepted';
  await executor
    .update(messages)
    .set({
      ...step.change,
      ...(isLast && message.template === 'code' ? { params: {} } : {}),
      state,
      stateAt: at,
    })
    .where(eq(messages.id, message.id));
  await executor.insert(messageEvents).values({ messageId: message.id, state, at, detail: step.detail });
  if (state !== message.state) deps.metrics.message(state);
}

/** Whether nothing can change any more. */
export function isFinal(state: MessageState): boolean {
  return (FINAL_MESSAGE_STATES as readonly MessageState[]).includes(state);
}

/** Whether the centre has confirmed every part. */
export function isWholeAtCentre(centreIds: readonly string[], parts: number | null): boolean {
  return parts !== null && centreIds.length === parts && centreIds.every((id) => id !== '');
}
