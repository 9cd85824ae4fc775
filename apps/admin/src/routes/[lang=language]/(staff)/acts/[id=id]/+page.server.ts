import { ReturnActInput } from '@mse/contracts/expert-pay';
import { translator } from '@mse/i18n';
import { fail, redirect } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { heard, say } from '#lib/server/flash.ts';
import type { Actions, PageServerLoad } from './$types';

/** PY-01, PY-02: one act of works; the performer signs it, the Committee accepts or returns it. */
export const load: PageServerLoad = async (event) => {
  const said = heard(event.cookies);
  return {
    act: await callApi(event, (api) => api.expertPay.act.query({ actId: event.params.id })),
    said: said ? translator(event.locals.language)(said.key, said.params) : null,
  };
};

export const actions: Actions = {
  sign: async (event) => {
    const { language } = event.locals;
    const actId = event.params.id;
    const { own } = await callApi(event, (api) => api.expertPay.act.query({ actId }));
    const answer = await callApi(event, (api) =>
      own ? api.expertPay.startAct.mutate({ actId }) : api.expertPay.startAcceptance.mutate({ actId }),
    );
    if (!answer.ok)
      return fail(409, { problem: translator(language)(`expert-pay:problem.${answer.refusal}`) });
    redirect(303, `/${language}/acts/${actId}/sign/${answer.signingId}`);
  },

  return: async (event) => {
    const { language } = event.locals;
    const remarks = String((await event.request.formData()).get('remarks') ?? '');
    const input = ReturnActInput.safeParse({ actId: event.params.id, remarks });
    if (!input.success) {
      const text = translator(language)(`errors:${input.error.issues[0]?.message ?? 'invalid'}`);
      return fail(400, { remarks, error: text });
    }
    const answer = await callApi(event, (api) => api.expertPay.returnAct.mutate(input.data));
    if (!answer.ok)
      return fail(409, { problem: translator(language)(`expert-pay:problem.${answer.refusal}`) });
    say(event.cookies, { tone: 'done', key: 'expert-pay:act.done.return', params: {} });
    redirect(303, event.url.pathname);
  },
};
