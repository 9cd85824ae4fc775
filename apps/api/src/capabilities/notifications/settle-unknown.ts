import { messages } from '@mse/db/schema';
import { eq } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import type { SmsGateway } from '../../platform/gateways/sms-gateway.ts';
import { lockMessage, moveMessage } from './message-steps.ts';
import { sendAgain, type Underway } from './submit-message.ts';

/**
 * Messages that went out without an answer (the line broke, this or another worker was killed). The centre may have them,
 * so they wait for their receipt: `graceMs` milliseconds of the machine's time, counted only while this process is
 * connected, because receipts reach nobody else. After that the parts without an id go out again.
 */
export function unknownMessages(deps: Deps, gateway: SmsGateway, underway: Underway, graceMs: number) {
  /** Since when this process could have heard of a message: by id and step, in milliseconds of `performance.now()`. */
  let waiting = new Map<string, number>();

  return async function settleUnknown(): Promise<void> {
    const since = gateway.connectedSince();
    if (since === null) {
      waiting = new Map();
      return;
    }
    const now = performance.now();
    const open = await deps.db
      .select({ id: messages.id, stateAt: messages.stateAt })
      .from(messages)
      .where(eq(messages.state, 'unknown'))
      .limit(2000);
    const seen = new Map<string, number>();
    for (const message of open) {
      if (underway.has(message.id)) continue;
      const key = `${message.id}@${message.stateAt.getTime()}`;
      const heardSince = Math.max(waiting.get(key) ?? now, since);
      if (now - heardSince < graceMs) seen.set(key, heardSince);
      else await giveUpWaiting(message.id, message.stateAt);
    }
    waiting = seen;
  };

  async function giveUpWaiting(messageId: string, stateAt: Date): Promise<void> {
    await deps.db.transaction(async (tx) => {
      const message = await lockMessage(tx, messageId);
      if (message?.state !== 'unknown' || message.stateAt.getTime() !== stateAt.getTime()) return;
      if (message.expiresAt && message.expiresAt <= deps.clock.now())
        await moveMessage(deps, tx, message, 'expired', { detail: 'no-answer' });
      else await sendAgain(deps, tx, message, 'no-answer');
    });
  }
}
