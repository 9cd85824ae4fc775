import type { Done, EndSessionInput } from '@mse/contracts/identity';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';

export async function endSession(call: CallContext, input: z.output<typeof EndSessionInput>): Promise<z.input<typeof Done>> {
  throw new Error(`not built yet: ${typeof call}${typeof input}`);
}
