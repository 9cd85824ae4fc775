import type { CheckTicketOutput, TicketInput } from '@mse/contracts/queue';
import { bookings } from '@mse/db/schema';
import { toBusinessDate } from '@mse/domain/shared';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { refuseFlood } from '../identity/refuse-flood.ts';

/**
 * C35: what a stranger with a QR may learn: whether the ticket still opens a door, its number, day and time. Nothing of a person.
 * A code that does not exist reads as void. Limited per network, so that codes cannot be tried out.
 */
export async function checkTicket(
  call: CallContext,
  input: z.output<typeof TicketInput>,
): Promise<z.input<typeof CheckTicketOutput>> {
  const { deps, at } = call;
  await refuseFlood(call, 'ticket-check-network-minute');
  const [booking] = await deps.db
    .select({
      state: bookings.state,
      ticketNo: bookings.ticketNo,
      day: bookings.day,
      startsAt: bookings.startsAt,
    })
    .from(bookings)
    .where(eq(bookings.ticketCode, input.code));
  const valid =
    booking &&
    (booking.state === 'booked' || booking.state === 'arrived') &&
    booking.day >= toBusinessDate(at);
  if (!valid) return { state: 'void', ticketNo: null, day: null, startsAt: null };
  const { ticketNo, day, startsAt } = booking;
  return { state: 'valid', ticketNo, day, startsAt };
}
