import type { GiveConsentInput, GiveConsentOutput } from '@mse/contracts/consent';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';

export async function giveConsent(call: CallContext, input: z.output<typeof GiveConsentInput>): Promise<z.input<typeof GiveConsentOutput>> {
  throw new Error(`not built yet: ${typeof call}${typeof input}`);
}
