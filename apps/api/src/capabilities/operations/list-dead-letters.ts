import type { DeadLettersOutput } from '@mse/contracts/operations';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';

export async function listDeadLetters(call: CallContext): Promise<z.input<typeof DeadLettersOutput>> {
  throw new Error(`not built yet: ${typeof call}`);
}
