import type { FreeTimesInput, FreeTimesOutput } from '@mse/contracts/queue';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';

export async function listFreeTimes(call: CallContext, input: z.output<typeof FreeTimesInput>): Promise<z.input<typeof FreeTimesOutput>> {
  throw new Error(`not built yet: ${typeof call}${typeof input}`);
}
