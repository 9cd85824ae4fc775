import type { Executor } from '@mse/db';
import { experts } from '@mse/db/schema';
import { and, eq, isNull } from 'drizzle-orm';

/** RG-22, RG-34: the row by which a person stands in the register; undefined for whoever is not entered, or not any more. */
export async function findEntry(
  executor: Executor,
  personId: string,
): Promise<typeof experts.$inferSelect | undefined> {
  const [entry] = await executor
    .select()
    .from(experts)
    .where(and(eq(experts.personId, personId), isNull(experts.excludedOn)));
  return entry;
}
