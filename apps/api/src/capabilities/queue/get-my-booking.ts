import type { BookingInput, MyBookingOutput } from '@mse/contracts/queue';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';

export async function getMyBooking(call: CallContext, input: z.output<typeof BookingInput>): Promise<z.input<typeof MyBookingOutput>> {
  throw new Error(`not built yet: ${typeof call}${typeof input}`);
}
