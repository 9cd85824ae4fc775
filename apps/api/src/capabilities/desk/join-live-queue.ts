import type { JoinLiveQueueInput, JoinLiveQueueOutput } from '@mse/contracts/desk';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';

export async function joinLiveQueue(call: CallContext, input: z.output<typeof JoinLiveQueueInput>): Promise<z.input<typeof JoinLiveQueueOutput>> {
  throw new Error(`not built yet: ${typeof call}${typeof input}`);
}
