import type { SigningInput, SigningOutput } from '@mse/contracts/signing';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { ownSigning } from './own-signing.ts';

/** X05: the exact text that waits for the caller's signature, and how far it is. */
export async function getSigning(
  call: CallContext,
  { signingId }: z.output<typeof SigningInput>,
): Promise<z.input<typeof SigningOutput>> {
  const signing = await ownSigning(call, signingId);
  call.seen(signing.personId, signing.subject);
  const { phoneState, compareCode, phoneLink, phoneEndsAt } = signing;
  const over = signing.expiresAt < call.at;
  return {
    signingId,
    purpose: signing.purpose,
    text: signing.text,
    hash: signing.hash,
    expiresAt: signing.expiresAt.toISOString(),
    state: signing.usedAt ? 'used' : over ? 'expired' : signing.toCheckSince ? 'to-be-checked' : 'open',
    phone:
      phoneState && compareCode && phoneLink && phoneEndsAt
        ? {
            state: isWaiting(phoneState) && phoneEndsAt < call.at ? 'ended' : phoneState,
            compareCode,
            link: phoneLink,
            endsAt: phoneEndsAt.toISOString(),
          }
        : null,
  };
}

function isWaiting(state: string): boolean {
  return state === 'waiting' || state === 'fetched';
}
