import type { WardsOutput } from '@mse/contracts/queue';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';

export async function listWards(call: CallContext): Promise<z.input<typeof WardsOutput>> {
  throw new Error(`not built yet: ${typeof call}`);
}
