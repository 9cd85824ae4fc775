import { signingRequests } from '@mse/db/schema';
import { and, eq } from 'drizzle-orm';
import { type CallContext, notFound, signedIn } from '../../trpc.ts';

/** A signing of the caller; somebody else's is like one that never was. */
export async function ownSigning(call: CallContext, signingId: string) {
  const [signing] = await call.deps.db
    .select()
    .from(signingRequests)
    .where(and(eq(signingRequests.id, signingId), eq(signingRequests.personId, signedIn(call).personId)));
  if (!signing) throw notFound();
  return signing;
}
