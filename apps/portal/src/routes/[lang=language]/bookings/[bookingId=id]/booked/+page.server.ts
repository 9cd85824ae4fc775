import { redirect } from '@sveltejs/kit';
import { ask } from '#lib/server/ask.ts';
import type { PageServerLoad } from './$types';

/** C13. The page can be kept as a bookmark; when the booking is no longer live, the booking's own page tells why. */
export const load: PageServerLoad = async (event) => {
  const { bookingId } = event.params;
  const { booking } = await ask(event, event.locals.api.queue.myBooking.query({ bookingId }));
  if (booking.state !== 'booked') redirect(303, `/${event.locals.language}/bookings/${bookingId}`);
  const me = await event.locals.me();
  return { booking, phoneKnown: (me?.phoneMasked ?? null) !== null };
};
