import type { CancelBookingInput, CancelBookingOutput } from '@mse/contracts/queue';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';

export async function cancelBooking(call: CallContext, input: z.output<typeof CancelBookingInput>): Promise<z.input<typeof CancelBookingOutput>> {
  throw new Error(`not built yet: ${typeof call}${typeof input}`);
}
