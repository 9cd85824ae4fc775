import type { MarkArrivalInput, MarkArrivalOutput } from '@mse/contracts/desk';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';

export async function markArrival(call: CallContext, input: z.output<typeof MarkArrivalInput>): Promise<z.input<typeof MarkArrivalOutput>> {
  throw new Error(`not built yet: ${typeof call}${typeof input}`);
}
