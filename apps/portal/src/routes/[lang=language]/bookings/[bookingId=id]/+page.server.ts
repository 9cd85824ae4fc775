import { ask } from '#lib/server/ask.ts';
import type { PageServerLoad } from './$types';

/** C15, and C17 when the booking was annulled. */
export const load: PageServerLoad = async (event) => ({
  mine: await ask(event, event.locals.api.queue.myBooking.query({ bookingId: event.params.bookingId })),
});
