import { redirect } from '@sveltejs/kit';
import { ask } from '#lib/server/ask.ts';
import type { Actions, PageServerLoad } from './$types';

/** C29. */
export const load: PageServerLoad = async (event) => ({
  ...(await ask(event, event.locals.api.profile.consents.query())),
  said: event.url.searchParams.get('said') === 'withdrawn',
});

export const actions: Actions = {
  withdraw: async (event) => {
    await ask(event, event.locals.api.consent.withdraw.mutate());
    redirect(303, `/${event.locals.language}/cabinet/consents?said=withdrawn`);
  },
};
