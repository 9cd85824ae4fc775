import type { BookPlaceInput, BookPlaceOutput } from '@mse/contracts/queue';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';

export async function bookPlace(call: CallContext, input: z.output<typeof BookPlaceInput>): Promise<z.input<typeof BookPlaceOutput>> {
  throw new Error(`not built yet: ${typeof call}${typeof input}`);
}
