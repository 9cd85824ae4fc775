import type { FindForArrivalInput, FindForArrivalOutput } from '@mse/contracts/desk';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';

export async function findForArrival(call: CallContext, input: z.output<typeof FindForArrivalInput>): Promise<z.input<typeof FindForArrivalOutput>> {
  throw new Error(`not built yet: ${typeof call}${typeof input}`);
}
