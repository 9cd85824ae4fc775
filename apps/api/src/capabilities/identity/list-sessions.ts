import type { ListSessionsOutput } from '@mse/contracts/identity';
import type { z } from 'zod';
import { type CallContext, signedIn } from '../../trpc.ts';

/** The caller's live sessions, newest first; the ids are hashes and open nothing. */
export async function listSessions(call: CallContext): Promise<z.input<typeof ListSessionsOutput>> {
  const caller = signedIn(call);
  const sessions = await call.deps.sessions.list(caller.personId, call.at);
  return sessions.map(({ id, startedAt, lastUsedAt, trust, audience, device }) => ({
    id,
    startedAt: startedAt.toISOString(),
    lastUsedAt: lastUsedAt.toISOString(),
    trust,
    audience,
    device,
    current: id === caller.sessionId,
  }));
}
