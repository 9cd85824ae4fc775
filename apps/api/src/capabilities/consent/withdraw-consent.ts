import type { Done } from '@mse/contracts/identity';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { lockConsent, recordConsent } from './record-consent.ts';

/** EQ-16: takes the consent back. Bookings that were made stay, new ones are refused. Without a consent nothing happens. */
export async function withdrawConsent(call: CallContext): Promise<z.input<typeof Done>> {
  await call.deps.db.transaction(async (tx) => {
    const newest = await lockConsent(tx, call);
    if (newest?.kind !== 'given') return;
    await recordConsent(tx, call, { kind: 'withdrawn', version: newest.version, language: call.language });
  });
  return { ok: true };
}
