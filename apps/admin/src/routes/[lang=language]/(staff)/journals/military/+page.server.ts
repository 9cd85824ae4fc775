import { translator } from '@mse/i18n';
import { fail, redirect } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { saidBefore } from '#lib/server/said.ts';
import type { Actions, PageServerLoad } from './$types';

/** PX-55: whom the military body must be told of, and the lists that were signed. */
export const load: PageServerLoad = async (event) => ({
  said: saidBefore(event),
  military: await callApi(event, (api) => api.journals.military.query()),
});

export const actions: Actions = {
  default: async (event) => {
    const { language } = event.locals;
    const answer = await callApi(event, (api) => api.journals.startMilitary.mutate());
    if (!answer.ok)
      return fail(409, {
        errors: [{ field: null, text: translator(language)(`journals:refusal.${answer.refusal}`) }],
      });
    redirect(303, `/${language}/journals/signing/${answer.signingId}`);
  },
};
