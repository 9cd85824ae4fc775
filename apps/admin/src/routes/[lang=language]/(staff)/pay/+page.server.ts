import { Month } from '@mse/contracts/expert-pay';
import { translator } from '@mse/i18n';
import { fail, redirect } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { heard, say } from '#lib/server/flash.ts';
import type { Actions, PageServerLoad } from './$types';

/** The month of an address, `2026-11` or its first day; undefined leaves it to the API. */
function monthOf(text: string | null) {
  const month = Month.safeParse(text && /^\d{4}-\d{2}$/.test(text) ? `${text}-01` : text);
  return month.success ? month.data : undefined;
}

/** R08: a month's assessments and acts. */
export const load: PageServerLoad = async (event) => {
  const said = heard(event.cookies);
  const month = monthOf(event.url.searchParams.get('month'));
  return {
    ...(await callApi(event, (api) => api.expertPay.month.query(month ? { month } : {}))),
    said: said ? translator(event.locals.language)(said.key, said.params) : null,
  };
};

export const actions: Actions = {
  run: async (event) => {
    const month = monthOf(String((await event.request.formData()).get('month') ?? ''));
    const t = translator(event.locals.language);
    if (!month) return fail(400, { problem: t('errors:date') });
    const answer = await callApi(event, (api) => api.expertPay.runAssessment.mutate({ month }));
    if (!answer.ok) return fail(409, { problem: t(`expert-pay:problem.${answer.refusal}`) });
    say(event.cookies, {
      tone: 'done',
      key: 'expert-pay:month.ran',
      params: { made: answer.made, signed: answer.signed },
    });
    redirect(303, `${event.url.pathname}?month=${month}`);
  },
};
