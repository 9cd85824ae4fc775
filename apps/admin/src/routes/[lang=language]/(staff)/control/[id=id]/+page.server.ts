import { ConcludeControlInput } from '@mse/contracts/control';
import { translator } from '@mse/i18n';
import { fail, redirect } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { heard, say } from '#lib/server/flash.ts';
import { formErrors, typed } from '#lib/server/form-errors.ts';
import type { Actions, PageServerLoad } from './$types';

/** PX-41: the result of a control re-examination. */
export const load: PageServerLoad = async (event) => {
  const said = heard(event.cookies);
  return {
    examination: await callApi(event, (api) => api.control.examination.query({ callId: event.params.id })),
    said: said ? translator(event.locals.language)(said.key, said.params) : null,
  };
};

export const actions: Actions = {
  default: async (event) => {
    const { language } = event.locals;
    const values = typed(await event.request.formData());
    const input = ConcludeControlInput.safeParse({
      callId: event.params.id,
      outcome: values.outcome,
      diagnosis: values.diagnosis ?? '',
      conclusionKk: values.conclusionKk ?? '',
      conclusionRu: values.conclusionRu ?? '',
      recommendationsKk: values.recommendationsKk ?? '',
      recommendationsRu: values.recommendationsRu ?? '',
    });
    if (!input.success) return fail(400, { values, errors: formErrors(language, input.error) });
    const answer = await callApi(event, (api) => api.control.conclude.mutate(input.data));
    if (!answer.ok)
      return fail(409, {
        values,
        errors: { outcome: translator(language)(`control:problem.${answer.refusal}`) },
      });
    say(event.cookies, { tone: 'done', key: 'control:done.examined', params: {} });
    redirect(303, event.url.pathname);
  },
};
