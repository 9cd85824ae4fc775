import { Month, Region } from '@mse/contracts/journals';
import { translator } from '@mse/i18n';
import { error, fail, redirect } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { saidBefore } from '#lib/server/said.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

function asked(event: RequestEvent) {
  const month = Month.safeParse(event.url.searchParams.get('month'));
  const region = Region.safeParse(event.url.searchParams.get('region'));
  return {
    month: month.success ? month.data : null,
    region: region.success ? region.data : null,
  };
}

/** JR-01, JR-02: the protocols of a month. */
export const load: PageServerLoad = async (event) => ({
  said: saidBefore(event),
  month: await callApi(event, (api) => api.journals.month.query(asked(event))),
});

export const actions: Actions = {
  sign: async (event) => {
    const { language } = event.locals;
    const { month, region } = asked(event);
    if (month === null) error(400, 'bad request');
    const answer = await callApi(event, (api) => api.journals.startMonth.mutate({ month, region }));
    if (!answer.ok)
      return fail(409, {
        errors: [{ field: null, text: translator(language)(`journals:refusal.${answer.refusal}`) }],
      });
    redirect(303, `/${language}/journals/signing/${answer.signingId}`);
  },
};
