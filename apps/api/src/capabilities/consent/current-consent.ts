import type { ConsentCurrentOutput } from '@mse/contracts/consent';
import { toBusinessDate } from '@mse/domain/shared';
import type { z } from 'zod';
import { type CallContext, signedIn } from '../../trpc.ts';
import { newestConsent } from './has-consent.ts';
import { consentVersionOn } from './versions.ts';

/** EQ-16: the wording of the consent in force today, and what the caller has agreed to and not taken back. */
export async function currentConsent(call: CallContext): Promise<z.input<typeof ConsentCurrentOutput>> {
  const newest = await newestConsent(call.deps.db, signedIn(call).personId);
  return {
    version: consentVersionOn(toBusinessDate(call.at)),
    given:
      newest?.kind === 'given'
        ? { version: newest.version, language: newest.language, at: newest.at.toISOString() }
        : null,
  };
}
