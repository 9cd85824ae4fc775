import type { Executor } from '@mse/db';
import { experts } from '@mse/db/schema';
import { and, desc, eq } from 'drizzle-orm';
import { type CallContext, notFound, signedIn } from '../../trpc.ts';

type Entry = typeof experts.$inferSelect;

/**
 * The caller's entries in the register as an independent expert, the newest first: who left and came back has several, and the months of each
 * are to be signed and paid. Heads and specialists of departments are not paid by acts.
 */
export function ownEntries(call: CallContext, executor: Executor): Promise<Entry[]> {
  return executor
    .select()
    .from(experts)
    .where(and(eq(experts.personId, signedIn(call).personId), eq(experts.kind, 'independent')))
    .orderBy(desc(experts.createdAt));
}

/** The entry with this id when it is the caller's own. */
export async function ownEntry(call: CallContext, executor: Executor, expertId: string): Promise<Entry> {
  const entry = (await ownEntries(call, executor)).find(({ id }) => id === expertId);
  if (!entry) throw notFound();
  return entry;
}
