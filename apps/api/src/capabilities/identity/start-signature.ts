import type { StartSignatureInput, StartSignatureOutput } from '@mse/contracts/identity';
import { signInChallenges } from '@mse/db/schema';
import { CHALLENGE_LIFE_MINUTES } from '@mse/domain/identity';
import { addMinutes } from '@mse/domain/shared';
import { TRPCError } from '@trpc/server';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { challengeText, isHost } from './challenge-text.ts';
import { refuseFlood } from './refuse-flood.ts';

/** Bytes of chance in the one-time number of a text: 256 bits (T12 asks for 128). */
const NONCE_BYTES = 32;

/** Makes the text that the person signs to sign in. It serves once, for three minutes, for one audience and one host. */
export async function startSignature(
  call: CallContext,
  input: z.output<typeof StartSignatureInput>,
): Promise<z.input<typeof StartSignatureOutput>> {
  const { deps, at } = call;
  await refuseFlood(call, 'signature-network-minute');
  if (!isHost(input.host)) throw new TRPCError({ code: 'BAD_REQUEST', message: 'invalid-input' });
  const { audience, host, language } = input;
  const nonce = deps.random.bytes(NONCE_BYTES).toString('base64url');
  const text = challengeText(language, { audience, host, at, nonce });
  const challengeId = deps.random.id(at);
  await deps.db.insert(signInChallenges).values({
    id: challengeId,
    kind: 'signature',
    audience,
    text,
    language,
    createdAt: at,
    expiresAt: addMinutes(at, CHALLENGE_LIFE_MINUTES),
  });
  return { challengeId, text, lifeMinutes: CHALLENGE_LIFE_MINUTES };
}
