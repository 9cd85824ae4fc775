import type { DeliveriesInput, DeliveriesOutput } from '@mse/contracts/wordings';
import { messages } from '@mse/db/schema';
import { MESSAGE_STATES, MESSAGE_TEMPLATES } from '@mse/domain/notifications';
import { addMinutes, LANGUAGES } from '@mse/domain/shared';
import { count, gte, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';

/** P07, EQ-06: how messages written in the last days fared, by message, language and state. Counts only, no data of people. */
export async function listDeliveries(
  call: CallContext,
  { days }: z.output<typeof DeliveriesInput>,
): Promise<z.input<typeof DeliveriesOutput>> {
  const since = addMinutes(call.at, -days * 24 * 60);
  const counted = await call.deps.db
    .select({
      template: messages.template,
      language: messages.language,
      state: messages.state,
      count: count(),
      parts: sql<number>`coalesce(sum(${messages.parts}), 0)::int`,
    })
    .from(messages)
    .where(gte(messages.createdAt, since))
    .groupBy(messages.template, messages.language, messages.state);
  call.seen(null, 'deliveries');
  const rows = MESSAGE_TEMPLATES.flatMap((template) =>
    LANGUAGES.flatMap((language) => {
      const own = counted.filter((row) => row.template === template && row.language === language);
      if (own.length === 0) return [];
      return {
        template,
        language,
        total: own.reduce((sum, row) => sum + row.count, 0),
        parts: own.reduce((sum, row) => sum + row.parts, 0),
        states: MESSAGE_STATES.map((state) => ({
          state,
          count: own.find((row) => row.state === state)?.count ?? 0,
        })),
      };
    }),
  );
  return { days, since: since.toISOString(), rows };
}
