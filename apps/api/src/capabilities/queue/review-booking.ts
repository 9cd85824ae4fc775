import type { ReviewBookingInput, ReviewBookingOutput } from '@mse/contracts/queue';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';

export async function reviewBooking(call: CallContext, input: z.output<typeof ReviewBookingInput>): Promise<z.input<typeof ReviewBookingOutput>> {
  throw new Error(`not built yet: ${typeof call}${typeof input}`);
}
