import { RequestKey } from '@mse/contracts/common';
import { error, fail, redirect } from '@sveltejs/kit';
import { readPlace } from '#lib/queue/place.ts';
import { ask } from '#lib/server/ask.ts';
import { freshId } from '#lib/server/chance.ts';
import { chosenPlace } from '#lib/server/kept-answers.ts';
import type { Actions, PageServerLoad } from './$types';

/** Moving, last page: old and new time side by side; one save swaps them at once. */
export const load: PageServerLoad = async (event) => {
  const { bookingId } = event.params;
  const address = `/${event.locals.language}/bookings/${bookingId}`;
  const kept = chosenPlace.read(event.cookies);
  if (kept?.bookingId !== bookingId) redirect(303, `${address}/move`);
  const { booking } = await ask(event, event.locals.api.queue.myBooking.query({ bookingId }));
  if (!booking.canMove) redirect(303, address);
  return { booking, place: kept.place, requestKey: freshId() };
};

export const actions: Actions = {
  default: async (event) => {
    const { bookingId } = event.params;
    const form = await event.request.formData();
    const place = readPlace(form.get('place'));
    const requestKey = RequestKey.safeParse(form.get('requestKey'));
    if (!requestKey.success) error(400, 'bad-request');
    if (!place) return fail(400, { refusal: null, nearest: [] });
    const answer = await ask(
      event,
      event.locals.api.queue.moveBooking.mutate({ bookingId, ...place, requestKey: requestKey.data }),
    );
    if (!answer.ok) return fail(409, { refusal: answer.refusal, nearest: answer.nearest });
    chosenPlace.drop(event.cookies);
    redirect(303, `/${event.locals.language}/bookings/${answer.bookingId}/booked`);
  },
};
