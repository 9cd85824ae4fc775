import { AcceptOfferInput, DeclineOfferInput, LeaveInput } from '@mse/contracts/wait-list';
import { NeedsInput } from '@mse/contracts/profile';
import { error, fail, redirect } from '@sveltejs/kit';
import { ask } from '#lib/server/ask.ts';
import { freshId } from '#lib/server/chance.ts';
import type { Actions, PageServerLoad } from './$types';

const SAID = ['subscribed', 'declined', 'left'] as const;

/** What the person and the wards wait for, and the answers to offers. `said` names what has just happened. */
export const load: PageServerLoad = async (event) => {
  const { waits } = await ask(event, event.locals.api.waitList.mine.query());
  const wanted = event.url.searchParams.get('said');
  return { waits, requestKey: freshId(), said: SAID.find((each) => each === wanted) ?? null };
};

export const actions: Actions = {
  accept: async (event) => {
    const { api, language } = event.locals;
    const form = await event.request.formData();
    const needsOf = NeedsInput.safeParse({ formId: form.get('formId') });
    const offer = AcceptOfferInput.pick({ offerId: true, requestKey: true }).safeParse({
      offerId: form.get('offerId'),
      requestKey: form.get('requestKey'),
    });
    if (!needsOf.success || !offer.success) error(400, 'bad-request');
    const { accessNeeds } = await ask(event, api.profile.needs.query(needsOf.data));
    const answer = await ask(event, api.waitList.accept.mutate({ ...offer.data, accessNeeds }));
    if (!answer.ok) return fail(409, { refusal: answer.refusal });
    redirect(303, `/${language}/bookings/${answer.bookingId}/booked`);
  },

  decline: async (event) => {
    const read = DeclineOfferInput.safeParse({ offerId: (await event.request.formData()).get('offerId') });
    if (!read.success) error(400, 'bad-request');
    const answer = await ask(event, event.locals.api.waitList.decline.mutate(read.data));
    if (!answer.ok) return fail(409, { refusal: answer.refusal });
    redirect(303, `/${event.locals.language}/waits?said=declined`);
  },

  leave: async (event) => {
    const read = LeaveInput.safeParse({ waitId: (await event.request.formData()).get('waitId') });
    if (!read.success) error(400, 'bad-request');
    await ask(event, event.locals.api.waitList.leave.mutate(read.data));
    redirect(303, `/${event.locals.language}/waits?said=left`);
  },
};
