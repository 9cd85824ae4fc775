import type { FinishMobileSignatureInput, FinishMobileSignatureOutput } from '@mse/contracts/identity';
import { mobileSignings } from '@mse/db/schema';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import type { CallContext } from '../../trpc.ts';
import { refuseFlood } from './refuse-flood.ts';
import { signInBySignature } from './sign-in-by-signature.ts';
import { hashSigningKey } from './signing-key.ts';

/**
 * C05: asks whether the phone has signed, and if so signs the person in, with every check NCALayer's signature goes
 * through. Only the browser that began knows the key, so a signature made for one browser serves no other (T12).
 * Refuses with `waiting`, `opened` (ask again) and `declined`, which is told once and ends the signing.
 */
export async function finishMobileSignature(
  call: CallContext,
  { signingKey, device }: z.output<typeof FinishMobileSignatureInput>,
): Promise<z.input<typeof FinishMobileSignatureOutput>> {
  const { deps, at, requestId } = call;
  await refuseFlood(call, 'mobile-signature-network-minute');
  const isThis = eq(mobileSignings.secretHash, hashSigningKey(signingKey));
  const [signing] = await deps.db.select().from(mobileSignings).where(isThis);
  if (!signing || signing.expiresAt < at) return { ok: false, refusal: 'challenge-expired' };
  const { challengeId, cms, state } = signing;
  if (state === 'refused') {
    await deps.db.transaction(async (tx) => {
      const gone = await tx.delete(mobileSignings).where(isThis).returning({ id: mobileSignings.id });
      if (gone.length === 0) return;
      await recordAudit(tx, {
        at,
        actor: 'anonymous',
        actorRole: 'anonymous',
        action: 'identity.finishMobileSignature',
        outcome: 'refused',
        personId: null,
        subject: `challenge:${challengeId}`,
        requestId,
        detail: { refusal: 'declined' },
      });
    });
    return { ok: false, refusal: 'declined' };
  }
  if (state !== 'signed' || cms === null)
    return { ok: false, refusal: state === 'fetched' ? 'opened' : 'waiting' };
  // Checking a signature is dear; waiting is not.
  await refuseFlood(call, 'signature-network-minute');
  return signInBySignature(call, {
    action: 'identity.finishMobileSignature',
    challengeId,
    cms,
    device,
  });
}
