import type { TicketInput, TicketStateOutput } from '@mse/contracts/queue';
import { bookings, visits } from '@mse/db/schema';
import { toBusinessDate } from '@mse/domain/shared';
import { and, desc, eq, or } from 'drizzle-orm';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { refuseFlood } from '../identity/refuse-flood.ts';

type Output = z.input<typeof TicketStateOutput>;

/**
 * B01, C14: where the holder of a ticket's code stands today: what the hall's board shows of this ticket. Needs no session, because a
 * person waits longer than a session lasts. After an annulment it follows the person's number of the live queue (EQ-15).
 * A code that does not exist reads as over. Limited per network.
 */
export async function ticketState(call: CallContext, input: z.output<typeof TicketInput>): Promise<Output> {
  const { deps, at } = call;
  await refuseFlood(call, 'ticket-state-network-minute');
  const today = toBusinessDate(at);
  const [found] = await deps.db
    .select({
      booking: { state: bookings.state, day: bookings.day, ticketNo: bookings.ticketNo },
      visit: visits,
    })
    .from(bookings)
    .leftJoin(
      visits,
      or(
        eq(visits.bookingId, bookings.id),
        and(eq(visits.formId, bookings.formId), eq(visits.kind, 'live'), eq(visits.day, today)),
      ),
    )
    .where(eq(bookings.ticketCode, input.code))
    .orderBy(desc(visits.arrivedAt))
    .limit(1);
  const none = { ticketNo: found?.booking.ticketNo ?? null, room: null, calledAt: null, calls: 0 };
  if (!found) return { state: 'over', ...none };
  const { booking, visit } = found;
  if (!visit)
    return { state: booking.state === 'booked' && booking.day >= today ? 'expected' : 'over', ...none };
  const { state, day, ticketNo, room, calledAt, calls } = visit;
  if (day !== today || state === 'done' || state === 'did-not-come')
    return { state: 'over', ...none, ticketNo };
  return { state, ticketNo, room, calledAt: calledAt?.toISOString() ?? null, calls };
}
