import type { RequestCodeInput, RequestCodeOutput } from '@mse/contracts/identity';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';

export async function requestCode(call: CallContext, input: z.output<typeof RequestCodeInput>): Promise<z.input<typeof RequestCodeOutput>> {
  throw new Error(`not built yet: ${typeof call}${typeof input}`);
}
