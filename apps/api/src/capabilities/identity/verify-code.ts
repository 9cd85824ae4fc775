import type { VerifyCodeInput, VerifyCodeOutput } from '@mse/contracts/identity';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';

export async function verifyCode(call: CallContext, input: z.output<typeof VerifyCodeInput>): Promise<z.input<typeof VerifyCodeOutput>> {
  throw new Error(`not built yet: ${typeof call}${typeof input}`);
}
