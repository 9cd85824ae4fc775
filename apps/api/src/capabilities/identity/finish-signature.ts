import type { FinishSignatureInput, FinishSignatureOutput } from '@mse/contracts/identity';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { refuseFlood } from './refuse-flood.ts';
import { signInBySignature } from './sign-in-by-signature.ts';

/** Signs a person in by the signature NCALayer made under the text of `startSignature`. */
export async function finishSignature(
  call: CallContext,
  input: z.output<typeof FinishSignatureInput>,
): Promise<z.input<typeof FinishSignatureOutput>> {
  await refuseFlood(call, 'signature-network-minute');
  return signInBySignature(call, { action: 'identity.finishSignature', ...input });
}
