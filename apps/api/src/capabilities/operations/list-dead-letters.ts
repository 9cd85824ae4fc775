import type { DeadLettersOutput } from '@mse/contracts/operations';
import { messages, outboundMessages } from '@mse/db/schema';
import { and, desc, eq, isNull, ne, or } from 'drizzle-orm';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';

const LIMIT = 200;

/** Prefix of the ids of messages among the dead letters; jobs have plain ids. */
export const MESSAGE_LETTER = 'message:';

/** Prefix of the ids of messages to other systems. */
export const OUTBOUND_LETTER = 'outbound:';

/**
 * Work that waits for a person, newest first: jobs that failed for good, and messages that could not be sent.
 * A message whose job failed appears once, as the job. One-time codes are left out: they are worthless by now.
 */
export async function listDeadLetters(call: CallContext): Promise<z.input<typeof DeadLettersOutput>> {
  const { db, jobs } = call.deps;
  const [deadJobs, deadMessages, deadOutbound] = await Promise.all([
    jobs.deadJobs(db, LIMIT),
    db
      .select({
        id: messages.id,
        createdAt: messages.createdAt,
        attempts: messages.attempts,
        failure: messages.failure,
      })
      .from(messages)
      .where(
        and(
          eq(messages.state, 'dead'),
          ne(messages.template, 'code'),
          or(isNull(messages.failure), ne(messages.failure, 'job-failed')),
        ),
      )
      .orderBy(desc(messages.stateAt))
      .limit(LIMIT),
    db
      .select()
      .from(outboundMessages)
      .where(eq(outboundMessages.state, 'dead'))
      .orderBy(desc(outboundMessages.settledAt))
      .limit(LIMIT),
  ]);
  const letters = [
    ...deadJobs.map(({ createdAt, ...job }) => ({ ...job, createdAt: createdAt.toISOString() })),
    ...deadMessages.map((message) => ({
      id: `${MESSAGE_LETTER}${message.id}`,
      queue: 'message',
      createdAt: message.createdAt.toISOString(),
      attempts: message.attempts,
      reason: message.failure ?? 'no-number',
      subjectId: message.id,
    })),
    ...deadOutbound.map((message) => ({
      id: `${OUTBOUND_LETTER}${message.id}`,
      queue: `outbound ${message.destination} ${message.kind}`,
      createdAt: message.createdAt.toISOString(),
      attempts: message.attempts,
      reason: message.failure ?? 'unreachable',
      subjectId: message.id,
    })),
  ];
  letters.sort((left, right) => right.createdAt.localeCompare(left.createdAt));
  return { letters: letters.slice(0, LIMIT) };
}
