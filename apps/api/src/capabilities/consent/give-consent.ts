import type { GiveConsentInput, GiveConsentOutput } from '@mse/contracts/consent';
import { toBusinessDate } from '@mse/domain/shared';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { lockConsent, recordConsent } from './record-consent.ts';
import { consentVersionOn } from './versions.ts';

/**
 * EQ-16: gives consent to the wording the person has read. Refuses with `version-outdated` when another wording is in
 * force. Giving what is given already changes nothing.
 */
export async function giveConsent(
  call: CallContext,
  input: z.output<typeof GiveConsentInput>,
): Promise<z.input<typeof GiveConsentOutput>> {
  if (input.version !== consentVersionOn(toBusinessDate(call.at)))
    return { ok: false, refusal: 'version-outdated' };
  await call.deps.db.transaction(async (tx) => {
    const newest = await lockConsent(tx, call);
    if (newest?.kind === 'given' && newest.version === input.version) return;
    await recordConsent(tx, call, { kind: 'given', version: input.version, language: input.language });
  });
  return { ok: true };
}
