import { messages } from '@mse/db/schema';
import { type SmsParts, smsParts } from '@mse/domain/notifications';
import { and, eq, sql } from 'drizzle-orm';
import type { Executor } from '@mse/db';
import type { Deps } from '../../deps.ts';
import {
  partOfReference,
  type SmsGateway,
  type SmsPart,
  type SubmitOutcome,
} from '../../platform/gateways/sms-gateway.ts';
import { HopelessJob } from '../../platform/jobs.ts';
import { isWholeAtCentre, lockMessage, type Message, moveMessage } from './message-steps.ts';
import { renderMessage } from './render-message.ts';
import { MAX_TRIES, pauseSeconds } from './retry-plan.ts';

/** Messages this process is handing over right now; their answers are still to come. */
export type Underway = Set<string>;

/** Tries this soon again when the line to the centre is down; it is nobody's failure and counts as no try. */
const NOT_CONNECTED_PAUSE_MS = 2_000;

/**
 * The job `sms.submit`: hands one message to the SMS centre. The centre accepts each part at most once:
 * what is about to be sent is written down first (state `unknown`), and from there only an answer, a receipt or the end of
 * the grace period leads on, whether this process lives or not.
 */
export async function submitMessage(
  deps: Deps,
  gateway: SmsGateway,
  underway: Underway,
  messageId: string,
): Promise<void> {
  underway.add(messageId);
  try {
    const parts = await deps.db.transaction((tx) => prepare(deps, gateway, tx, messageId));
    if (!parts) return;
    const outcomes = await Promise.all(
      parts.map(async (part) => {
        const outcome = await gateway.submit(
          part,
          (late) => void noteLateAnswer(deps, messageId, part.number, late),
        );
        if (outcome.kind === 'accepted')
          await notePartAccepted(deps, messageId, part.number, outcome.centreId);
        return outcome;
      }),
    );
    await settleTry(deps, messageId, outcomes);
  } finally {
    underway.delete(messageId);
  }
}

/** Decides whether the message goes out now; writes down text, parts and reference before anything is sent. Answers the parts the centre lacks. */
async function prepare(
  deps: Deps,
  gateway: SmsGateway,
  tx: Executor,
  messageId: string,
): Promise<SmsPart[] | null> {
  const message = await lockMessage(tx, messageId);
  if (!message) throw new HopelessJob('message-not-found');
  // Somebody else took it, or it was settled meanwhile: a job that comes twice does nothing the second time.
  if (message.state !== 'sending') return null;
  const now = deps.clock.now();
  if (message.expiresAt && message.expiresAt <= now) {
    await moveMessage(deps, tx, message, 'expired', { detail: 'too-late' });
    return null;
  }
  if (message.phone === null) {
    await moveMessage(deps, tx, message, 'dead', { detail: 'no-number', change: { failure: 'no-number' } });
    return null;
  }
  if (gateway.connectedSince() === null) {
    const dueAt = new Date(now.getTime() + NOT_CONNECTED_PAUSE_MS);
    await moveMessage(deps, tx, message, 'queued', { detail: 'not-connected', change: { dueAt } });
    return null;
  }
  const rendered = await renderMessage(deps, tx, message);
  if (!rendered.ok) {
    await moveMessage(deps, tx, message, 'expired', {
      detail: rendered.refusal,
      change: { failure: rendered.refusal },
    });
    return null;
  }
  // Parts the centre already has belong to the text they were cut from.
  const text = message.text ?? rendered.text;
  const split = smsParts(text);
  const reference = message.reference ?? (await freeReference(deps, tx, message.phone, split.parts.length));
  const centreIds =
    message.centreIds.length === split.parts.length ? message.centreIds : split.parts.map(() => '');
  await moveMessage(deps, tx, message, 'unknown', {
    detail: `try ${message.attempts + 1}`,
    change: {
      // The text of a code is never stored.
      text: message.template === 'code' ? null : text,
      parts: split.parts.length,
      reference,
      centreIds,
      attempts: message.attempts + 1,
      failure: null,
    },
  });
  return missingParts(message, split, reference, centreIds, now);
}

function missingParts(
  message: Message,
  split: SmsParts,
  reference: number,
  centreIds: string[],
  now: Date,
): SmsPart[] {
  const validForSeconds = message.expiresAt ? (message.expiresAt.getTime() - now.getTime()) / 1000 : null;
  return split.parts.flatMap((text, index) =>
    centreIds[index]
      ? []
      : [
          {
            to: message.phone ?? '',
            text,
            alphabet: split.alphabet,
            number: index + 1,
            total: split.parts.length,
            reference,
            validForSeconds,
          },
        ],
  );
}

/** A 16-bit reference whose parts no other open message to this number uses, so that a receipt fits one message only. */
async function freeReference(deps: Deps, tx: Executor, phone: string, parts: number): Promise<number> {
  const open = await tx
    .select({ reference: messages.reference, parts: messages.parts })
    .from(messages)
    .where(
      and(
        eq(messages.phone, phone),
        sql`${messages.state} in ('queued', 'sending', 'unknown', 'accepted')`,
        sql`${messages.reference} is not null`,
      ),
    )
    .limit(500);
  const isTaken = (candidate: number) =>
    open.some((row) => {
      const other = row.reference ?? 0;
      return (
        partOfReference(candidate, parts, other) !== null ||
        partOfReference(other, row.parts ?? 1, candidate) !== null
      );
    });
  for (let tries = 0; tries < 200; tries += 1) {
    const candidate = deps.random.below(0x1_0000);
    if (!isTaken(candidate)) return candidate;
  }
  throw new Error('No free reference for a message');
}

/** Keeps the centre's id of a part; with the last one the message is accepted. Never takes a step back. */
export async function notePartAccepted(
  deps: Deps,
  messageId: string,
  part: number,
  centreId: string,
): Promise<void> {
  await deps.db.transaction(async (tx) => {
    const message = await lockMessage(tx, messageId);
    if (!message || message.centreIds[part - 1] !== '') return;
    const centreIds = message.centreIds.with(part - 1, centreId);
    const isOpen = message.state === 'unknown' || message.state === 'queued' || message.state === 'sending';
    if (isOpen && isWholeAtCentre(centreIds, message.parts)) {
      await moveMessage(deps, tx, message, 'accepted', {
        detail: centreIds.join(' '),
        change: { centreIds, failure: null },
      });
    } else {
      await tx.update(messages).set({ centreIds }).where(eq(messages.id, messageId));
    }
  });
}

async function noteLateAnswer(
  deps: Deps,
  messageId: string,
  part: number,
  outcome: SubmitOutcome,
): Promise<void> {
  // A late refusal needs nothing: the grace period ends without a receipt and the part goes out again.
  if (outcome.kind !== 'accepted') return;
  try {
    await notePartAccepted(deps, messageId, part, outcome.centreId);
  } catch (error) {
    deps.log.error({ err: error }, 'late answer of the SMS centre could not be kept');
  }
}

/** After the answers of a try: refused for good, open, or once more later. */
async function settleTry(deps: Deps, messageId: string, outcomes: readonly SubmitOutcome[]): Promise<void> {
  await deps.db.transaction(async (tx) => {
    const message = await lockMessage(tx, messageId);
    if (message?.state !== 'unknown') return;
    const refused = outcomes.find((outcome) => outcome.kind === 'refused');
    if (refused) {
      await moveMessage(deps, tx, message, 'undelivered', {
        detail: refused.reason,
        change: { failure: refused.reason },
      });
      return;
    }
    if (outcomes.some((outcome) => outcome.kind === 'unknown')) {
      await moveMessage(deps, tx, message, 'unknown', { detail: 'no-answer' });
      return;
    }
    const later = outcomes.find((outcome) => outcome.kind === 'later');
    const reason = later?.reason ?? 'not-connected';
    // A try in which nothing left this process does not count.
    await sendAgain(deps, tx, later ? message : { ...message, attempts: message.attempts - 1 }, reason);
  });
}

/** Puts a message back for another try, or leaves it to a person after the last. The message is locked. */
export async function sendAgain(deps: Deps, tx: Executor, message: Message, reason: string): Promise<void> {
  const now = deps.clock.now();
  if (message.attempts >= MAX_TRIES) {
    await moveMessage(deps, tx, message, 'dead', { detail: reason, change: { failure: reason } });
    return;
  }
  const dueAt = new Date(now.getTime() + pauseSeconds(message.attempts, deps.random) * 1000);
  await moveMessage(deps, tx, message, 'queued', {
    detail: reason,
    change: { dueAt, attempts: message.attempts, failure: reason },
  });
}
