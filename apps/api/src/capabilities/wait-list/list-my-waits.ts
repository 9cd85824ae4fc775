import type { MyWaitsOutput } from '@mse/contracts/wait-list';
import type { z } from 'zod';
import { type CallContext, signedIn } from '../../trpc.ts';
import { findWaits, waitView } from './wait-view.ts';

/** C08: what the caller and the wards wait for, with the offers that are open. */
export async function listMyWaits(call: CallContext): Promise<z.input<typeof MyWaitsOutput>> {
  const { personId } = signedIn(call);
  const found = await findWaits(call.deps, personId, undefined, call.at);
  for (const { person, entry } of found) call.seen(person.id, `wait:${entry.id}`);
  return { waits: found.map((each) => waitView(call.deps, each, personId)) };
}
