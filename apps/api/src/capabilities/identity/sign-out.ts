import type { Done } from '@mse/contracts/identity';
import type { z } from 'zod';
import { type CallContext, signedIn } from '../../trpc.ts';
import { recordOwnAct } from './own-act.ts';

/** Ends the session the call came with. */
export async function signOut(call: CallContext): Promise<z.input<typeof Done>> {
  const { personId, sessionId } = signedIn(call);
  await call.deps.db.transaction(async (tx) => {
    await call.deps.sessions.within(tx).end(personId, sessionId);
    await recordOwnAct(tx, call, 'identity.signOut');
  });
  return { ok: true };
}
