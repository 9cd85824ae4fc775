import type { RetryDeadLetterInput, RetryDeadLetterOutput } from '@mse/contracts/operations';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';

export async function retryDeadLetter(call: CallContext, input: z.output<typeof RetryDeadLetterInput>): Promise<z.input<typeof RetryDeadLetterOutput>> {
  throw new Error(`not built yet: ${typeof call}${typeof input}`);
}
