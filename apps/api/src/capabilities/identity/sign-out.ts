import type { Done } from '@mse/contracts/identity';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';

export async function signOut(call: CallContext): Promise<z.input<typeof Done>> {
  throw new Error(`not built yet: ${typeof call}`);
}
