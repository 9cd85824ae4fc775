import type { ConsentCurrentOutput } from '@mse/contracts/consent';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';

export async function currentConsent(call: CallContext): Promise<z.input<typeof ConsentCurrentOutput>> {
  throw new Error(`not built yet: ${typeof call}`);
}
