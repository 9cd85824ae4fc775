import type { Done } from '@mse/contracts/identity';
import type { z } from 'zod';
import { type CallContext, signedIn } from '../../trpc.ts';
import { recordOwnAct } from './own-act.ts';

/** Ends every session of the caller, this one too: after it the person is signed in nowhere. */
export async function endAllSessions(call: CallContext): Promise<z.input<typeof Done>> {
  const { personId } = signedIn(call);
  await call.deps.db.transaction(async (tx) => {
    const ended = await call.deps.sessions.within(tx).endAll(personId);
    await recordOwnAct(tx, call, 'identity.endAllSessions', { detail: { ended } });
  });
  return { ok: true };
}
