import { RequestKey } from '@mse/contracts/common';
import { error, fail, redirect } from '@sveltejs/kit';
import { readPlace } from '#lib/queue/place.ts';
import { ask } from '#lib/server/ask.ts';
import { freshId } from '#lib/server/chance.ts';
import { readNeeds } from '#lib/server/choose-time.ts';
import { chosenPlace } from '#lib/server/kept-answers.ts';
import type { Actions, PageServerLoad } from './$types';

/** C12: everything before saving. The key made here makes a repeated save harmless. */
export const load: PageServerLoad = async (event) => {
  const { language, api } = event.locals;
  const { formId } = event.params;
  const kept = chosenPlace.read(event.cookies);
  if (kept?.formId !== formId || kept.bookingId !== null)
    redirect(303, `/${language}/booking/${formId}/time`);
  const review = await ask(event, api.queue.reviewBooking.query({ formId, ...kept.place }));
  if (review.refusal === 'consent-missing') {
    redirect(303, `/${language}/cabinet/consent?next=${encodeURIComponent(event.url.pathname)}`);
  }
  return { review, place: kept.place, accessNeeds: kept.accessNeeds, requestKey: freshId() };
};

export const actions: Actions = {
  default: async (event) => {
    const { language, api } = event.locals;
    const { formId } = event.params;
    const form = await event.request.formData();
    const accessNeeds = readNeeds(form);
    const place = readPlace(form.get('place'));
    const requestKey = RequestKey.safeParse(form.get('requestKey'));
    if (!requestKey.success) error(400, 'bad-request');
    if (!place) return fail(400, { refusal: null, nearest: [], accessNeeds });
    // Kept before asking: if the session is over, the choice waits until the person is back.
    chosenPlace.keep(event.cookies, { formId, bookingId: null, place, accessNeeds });
    const answer = await ask(
      event,
      api.queue.bookPlace.mutate({ formId, ...place, accessNeeds, requestKey: requestKey.data }),
    );
    if (!answer.ok) return fail(409, { refusal: answer.refusal, nearest: answer.nearest, accessNeeds });
    chosenPlace.drop(event.cookies);
    redirect(303, `/${language}/bookings/${answer.bookingId}/booked`);
  },
};
