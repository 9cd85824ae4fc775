import type { Done, EndSessionInput } from '@mse/contracts/identity';
import type { z } from 'zod';
import { type CallContext, notFound, signedIn } from '../../trpc.ts';
import { recordOwnAct } from './own-act.ts';

/** Ends one of the caller's sessions; its token is dead at once. Somebody else's reads as not found. */
export async function endSession(
  call: CallContext,
  input: z.output<typeof EndSessionInput>,
): Promise<z.input<typeof Done>> {
  const { personId } = signedIn(call);
  await call.deps.db.transaction(async (tx) => {
    if (!(await call.deps.sessions.within(tx).end(personId, input.id))) throw notFound();
    await recordOwnAct(tx, call, 'identity.endSession');
  });
  return { ok: true };
}
