import type { MessagesInput, MessagesOutput } from '@mse/contracts/queue';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';

export async function listMessages(call: CallContext, input: z.output<typeof MessagesInput>): Promise<z.input<typeof MessagesOutput>> {
  throw new Error(`not built yet: ${typeof call}${typeof input}`);
}
