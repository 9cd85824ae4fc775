import { translator } from '@mse/i18n';
import { fail, redirect } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { saidBefore } from '#lib/server/said.ts';
import type { Actions, PageServerLoad } from './$types';

/** JR-01, JR-03: the protocol of a day with its corrections. */
export const load: PageServerLoad = async (event) => ({
  said: saidBefore(event),
  protocol: await callApi(event, (api) => api.journals.protocol.query({ protocolId: event.params.id })),
});

export const actions: Actions = {
  sign: async (event) => {
    const { language } = event.locals;
    const answer = await callApi(event, (api) =>
      api.journals.startDay.mutate({ protocolId: event.params.id }),
    );
    if (!answer.ok)
      return fail(409, {
        errors: [{ field: null, text: translator(language)(`journals:refusal.${answer.refusal}`) }],
      });
    redirect(303, `/${language}/journals/signing/${answer.signingId}`);
  },
};
