import type { Executor } from '@mse/db';
import { experts } from '@mse/db/schema';
import { and, desc, eq } from 'drizzle-orm';
import { type CallContext, notFound, signedIn } from '../../trpc.ts';

/** The caller's newest entry in the register as an independent expert; heads and specialists of departments are not paid by acts. */
export async function ownEntry(call: CallContext, executor: Executor): Promise<typeof experts.$inferSelect> {
  const [entry] = await executor
    .select()
    .from(experts)
    .where(and(eq(experts.personId, signedIn(call).personId), eq(experts.kind, 'independent')))
    .orderBy(desc(experts.createdAt))
    .limit(1);
  if (!entry) throw notFound();
  return entry;
}
