import type { StartSignatureInput, StartSignatureOutput } from '@mse/contracts/identity';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';

export async function startSignature(call: CallContext, input: z.output<typeof StartSignatureInput>): Promise<z.input<typeof StartSignatureOutput>> {
  throw new Error(`not built yet: ${typeof call}${typeof input}`);
}
