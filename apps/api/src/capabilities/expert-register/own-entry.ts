import type { Executor } from '@mse/db';
import { experts } from '@mse/db/schema';
import { and, desc, eq, isNull } from 'drizzle-orm';

/** A row of the register. */
export type Entry = typeof experts.$inferSelect;

/** RG-22, RG-34: the row by which a person stands in the register; undefined for whoever is not entered, or not any more. */
export async function findEntry(executor: Executor, personId: string): Promise<Entry | undefined> {
  const [entry] = await executor
    .select()
    .from(experts)
    .where(and(eq(experts.personId, personId), isNull(experts.excludedOn)));
  return entry;
}

/**
 * AS-06, PY-01: the rows by which a person is or was an independent expert, the newest first, excluded ones too: the last months are
 * assessed and paid after the exclusion. Heads and specialists of departments are not paid by acts.
 */
export function findPaidEntries(executor: Executor, personId: string): Promise<Entry[]> {
  return executor
    .select()
    .from(experts)
    .where(and(eq(experts.personId, personId), eq(experts.kind, 'independent')))
    .orderBy(desc(experts.createdAt));
}
