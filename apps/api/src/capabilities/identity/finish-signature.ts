import type { FinishSignatureInput, FinishSignatureOutput } from '@mse/contracts/identity';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';

export async function finishSignature(call: CallContext, input: z.output<typeof FinishSignatureInput>): Promise<z.input<typeof FinishSignatureOutput>> {
  throw new Error(`not built yet: ${typeof call}${typeof input}`);
}
