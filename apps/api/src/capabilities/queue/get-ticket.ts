import type { TicketInput, TicketOutput } from '@mse/contracts/queue';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';

export async function getTicket(call: CallContext, input: z.output<typeof TicketInput>): Promise<z.input<typeof TicketOutput>> {
  throw new Error(`not built yet: ${typeof call}${typeof input}`);
}
