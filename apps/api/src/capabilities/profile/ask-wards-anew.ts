import type { AskWardsOutput } from '@mse/contracts/profile';
import { addMinutes } from '@mse/domain/shared';
import type { z } from 'zod';
import { type CallContext, signedIn } from '../../trpc.ts';
import { recordOwnAct } from '../identity/own-act.ts';
import { getPerson, refreshWards } from '../identity/people.ts';

/** Minutes for which a second wish asks nobody: the registry's answer of a moment ago is the answer. */
const FRESH_MINUTES = 1;

/** C20, EQ-07: asks the guardianship registry anew, whatever it said earlier today; a silent registry keeps what is known. */
export async function askWardsAnew(call: CallContext): Promise<z.input<typeof AskWardsOutput>> {
  const { deps, at } = call;
  const { personId } = signedIn(call);
  await refreshWards(deps, personId, FRESH_MINUTES);
  const { wardsAsOf } = await getPerson(deps.db, personId);
  const answered = wardsAsOf !== null && wardsAsOf > addMinutes(at, -FRESH_MINUTES);
  await recordOwnAct(deps.db, call, 'profile.askWardsAnew', { detail: { answered } });
  return { answered };
}
