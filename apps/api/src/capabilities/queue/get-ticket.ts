import type { TicketInput, TicketOutput } from '@mse/contracts/queue';
import { visits } from '@mse/db/schema';
import { initials } from '@mse/domain/shared';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { type CallContext, signedIn } from '../../trpc.ts';
import { bookingView, findBookingByCode } from './booking-view.ts';

/** C14: a ticket of the caller or a ward by its opaque code, with the room once the person is called. */
export async function getTicket(
  call: CallContext,
  input: z.output<typeof TicketInput>,
): Promise<z.input<typeof TicketOutput>> {
  const { deps, at } = call;
  const { personId } = signedIn(call);
  const found = await findBookingByCode(deps, personId, input.code, at);
  call.seen(found.person.id, `booking:${found.booking.id}`);
  const [visit] = await deps.db
    .select({ room: visits.room })
    .from(visits)
    .where(eq(visits.bookingId, found.booking.id));
  return {
    booking: bookingView(deps, found, personId, at),
    initials: initials(found.person),
    room: visit?.room ?? null,
  };
}
