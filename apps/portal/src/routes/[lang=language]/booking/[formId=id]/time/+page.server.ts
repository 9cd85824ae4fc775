import { fail, redirect } from '@sveltejs/kit';
import { readPlace } from '#lib/queue/place.ts';
import { ask } from '#lib/server/ask.ts';
import { loadTimes, readNeeds } from '#lib/server/choose-time.ts';
import { chosenPlace } from '#lib/server/kept-answers.ts';
import type { Actions, PageServerLoad } from './$types';

/** C11. What was chosen before stays chosen; the needs of the profile are chosen beforehand. */
export const load: PageServerLoad = async (event) => {
  const { formId } = event.params;
  const kept = chosenPlace.read(event.cookies);
  const mine = kept?.formId === formId && kept.bookingId === null ? kept : undefined;
  const [times, profile] = await Promise.all([
    loadTimes(event, formId),
    mine ? null : ask(event, event.locals.api.profile.needs.query({ formId })),
  ]);
  return { times, chosen: mine?.place ?? null, accessNeeds: mine?.accessNeeds ?? profile?.accessNeeds ?? [] };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const accessNeeds = readNeeds(form);
    const place = readPlace(form.get('place'));
    if (!place) return fail(400, { errors: { place: 'required' }, accessNeeds });
    const { formId } = event.params;
    chosenPlace.keep(event.cookies, { formId, bookingId: null, place, accessNeeds });
    redirect(303, `/${event.locals.language}/booking/${formId}/check`);
  },
};
