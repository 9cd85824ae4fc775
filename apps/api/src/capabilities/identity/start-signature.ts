import type { StartSignatureInput, StartSignatureOutput } from '@mse/contracts/identity';
import { signInChallenges } from '@mse/db/schema';
import { CHALLENGE_LIFE_MINUTES } from '@mse/domain/identity';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { refuseFlood } from './refuse-flood.ts';
import { draftTextToSign } from './text-to-sign.ts';

/** Makes the text that the person signs to sign in. It serves once, for three minutes, for one audience and one host. */
export async function startSignature(
  call: CallContext,
  input: z.output<typeof StartSignatureInput>,
): Promise<z.input<typeof StartSignatureOutput>> {
  await refuseFlood(call, 'signature-network-minute');
  const draft = draftTextToSign(call, { ...input, lifeMinutes: CHALLENGE_LIFE_MINUTES });
  await call.deps.db.insert(signInChallenges).values(draft);
  return { challengeId: draft.id, text: draft.text, lifeMinutes: CHALLENGE_LIFE_MINUTES };
}
