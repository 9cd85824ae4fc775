import type { BookingInput, MyBookingOutput } from '@mse/contracts/queue';
import { bookings } from '@mse/db/schema';
import { toBusinessDate } from '@mse/domain/shared';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { type CallContext, signedIn } from '../../trpc.ts';
import { bookingView, findBooking, findBookings } from './booking-view.ts';
import { isLiveQueueOpen } from './live-queue.ts';

/** C15, C17: one booking of the caller or a ward, the other bookings on the same form, and whether the live queue is still possible today. */
export async function getMyBooking(
  call: CallContext,
  input: z.output<typeof BookingInput>,
): Promise<z.input<typeof MyBookingOutput>> {
  const { deps, at } = call;
  const { personId } = signedIn(call);
  const found = await findBooking(deps, personId, input.bookingId, at);
  call.seen(found.person.id, `booking:${found.booking.id}`);
  const all = await findBookings(deps, personId, eq(bookings.formId, found.booking.formId), at);
  const annulledToday = found.booking.state === 'annulled' && found.booking.day === toBusinessDate(at);
  return {
    booking: bookingView(deps, found, personId, at),
    history: all
      .filter(({ booking }) => booking.id !== found.booking.id)
      .map(({ booking }) => ({
        id: booking.id,
        state: booking.state,
        day: booking.day,
        startsAt: booking.startsAt,
        ticketNo: booking.ticketNo,
        at: booking.stateAt.toISOString(),
      })),
    liveQueueToday: annulledToday && (await isLiveQueueOpen(deps.db, found.booking.formId, at)),
  };
}
