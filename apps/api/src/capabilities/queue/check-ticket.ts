import type { CheckTicketOutput, TicketInput } from '@mse/contracts/queue';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';

export async function checkTicket(call: CallContext, input: z.output<typeof TicketInput>): Promise<z.input<typeof CheckTicketOutput>> {
  throw new Error(`not built yet: ${typeof call}${typeof input}`);
}
