import { signInChallenges } from '@mse/db/schema';
import type { SessionAudience } from '@mse/domain/identity';
import { addMinutes, type Language } from '@mse/domain/shared';
import { TRPCError } from '@trpc/server';
import type { CallContext } from '../../trpc.ts';
import { challengeText, isHost } from './challenge-text.ts';

/** Bytes of chance in the one-time number of a text: 256 bits (T12 asks for 128). */
const NONCE_BYTES = 32;

/** A text to sign at sign-in, not stored yet. It serves once, for `lifeMinutes`, for one audience and one host. Refuses a host that is none. */
export function draftTextToSign(
  { deps, at }: CallContext,
  about: { audience: SessionAudience; host: string; language: Language; lifeMinutes: number },
) {
  const { audience, host, language, lifeMinutes } = about;
  if (!isHost(host)) throw new TRPCError({ code: 'BAD_REQUEST', message: 'invalid-input' });
  const nonce = deps.random.bytes(NONCE_BYTES).toString('base64url');
  return {
    id: deps.random.id(at),
    kind: 'signature' as const,
    audience,
    text: challengeText(language, { audience, host, at, nonce }),
    language,
    createdAt: at,
    expiresAt: addMinutes(at, lifeMinutes),
  } satisfies typeof signInChallenges.$inferInsert;
}
