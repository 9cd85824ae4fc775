import type { MoveBookingInput, MoveBookingOutput } from '@mse/contracts/queue';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';

export async function moveBooking(call: CallContext, input: z.output<typeof MoveBookingInput>): Promise<z.input<typeof MoveBookingOutput>> {
  throw new Error(`not built yet: ${typeof call}${typeof input}`);
}
