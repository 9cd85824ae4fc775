import { z } from 'zod';
import { Instant, refused } from './common.ts';

/** A piece of work that failed for good and waits for a person. No personal data. */
export const DeadLetter = z.object({
  id: z.string(),
  queue: z.string(),
  createdAt: Instant,
  attempts: z.int(),
  reason: z.string(),
  subjectId: z.string().nullable(),
});
export const DeadLettersOutput = z.object({ letters: z.array(DeadLetter) });
export const RetryDeadLetterInput = z.strictObject({ id: z.string().max(100) });
export const RetryDeadLetterOutput = z.union([z.object({ ok: z.literal(true) }), refused(['not-found'])]);
export const OperationsHealthOutput = z.object({
  database: z.object({ ok: z.boolean(), version: z.string() }),
  queues: z.array(z.object({ name: z.string(), waiting: z.int(), failed: z.int() })),
  messages: z.array(z.object({ state: z.string(), count: z.int() })),
  registries: z.array(
    z.object({
      name: z.string(),
      state: z.enum(['closed', 'open', 'half-open', 'unknown']),
      lastSuccessAt: Instant.nullable(),
    }),
  ),
});
