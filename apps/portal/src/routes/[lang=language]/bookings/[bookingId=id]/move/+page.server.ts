import { fail, redirect } from '@sveltejs/kit';
import { readPlace } from '#lib/queue/place.ts';
import { ask } from '#lib/server/ask.ts';
import { loadTimes } from '#lib/server/choose-time.ts';
import { chosenPlace } from '#lib/server/kept-answers.ts';
import type { Actions, PageServerLoad } from './$types';

/** C15, moving: the same list as C11. The old place stays until the new one is saved. */
export const load: PageServerLoad = async (event) => {
  const { bookingId } = event.params;
  const { booking } = await ask(event, event.locals.api.queue.myBooking.query({ bookingId }));
  if (!booking.canMove) redirect(303, `/${event.locals.language}/bookings/${bookingId}`);
  const times = await loadTimes(event, booking.formId);
  const kept = chosenPlace.read(event.cookies);
  return { booking, times, chosen: kept?.bookingId === bookingId ? kept.place : null };
};

export const actions: Actions = {
  default: async (event) => {
    const place = readPlace((await event.request.formData()).get('place'));
    if (!place) return fail(400, { errors: { place: 'required' } });
    const { bookingId } = event.params;
    const { booking } = await ask(event, event.locals.api.queue.myBooking.query({ bookingId }));
    chosenPlace.keep(event.cookies, {
      formId: booking.formId,
      bookingId,
      place,
      accessNeeds: booking.accessNeeds,
    });
    redirect(303, `/${event.locals.language}/bookings/${bookingId}/move/check`);
  },
};
