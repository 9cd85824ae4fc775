import type { Executor } from '@mse/db';
import { expertApplications } from '@mse/db/schema';
import { and, eq } from 'drizzle-orm';
import { type CallContext, notFound, signedIn } from '../../trpc.ts';
import type { Application } from '../expert-register/step-application.ts';

/** The caller's own application; somebody else's is like one that never was. `lock` keeps it until the transaction ends. */
export async function ownApplication(
  call: CallContext,
  executor: Executor,
  id: string,
  lock = false,
): Promise<Application> {
  const query = executor
    .select()
    .from(expertApplications)
    .where(and(eq(expertApplications.id, id), eq(expertApplications.personId, signedIn(call).personId)));
  const [row] = await (lock ? query.for('update') : query);
  if (!row) throw notFound();
  return row;
}
