import { TRPCError } from '@trpc/server';
import type { LimitName } from '../../platform/limits.ts';
import type { CallContext } from '../../trpc.ts';

/** Refuses a call with TOO_MANY_REQUESTS when its network has no point left in a limit. */
export async function refuseFlood(call: CallContext, limit: LimitName): Promise<void> {
  const taken = await call.deps.limits.take(limit, call.network);
  if (!taken.ok) throw new TRPCError({ code: 'TOO_MANY_REQUESTS', message: 'too-many' });
}
