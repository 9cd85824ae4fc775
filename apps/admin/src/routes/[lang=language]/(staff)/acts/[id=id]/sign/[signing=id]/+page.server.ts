import { translator } from '@mse/i18n';
import { fail, redirect } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { say } from '#lib/server/flash.ts';
import { signingErrors, signingPage, startPhone } from '#lib/server/signing.ts';
import type { Actions, PageServerLoad } from './$types';

/** PY-01, PY-02: the exact text of an act, for the signature of its performer or of the Committee. */
export const load: PageServerLoad = async (event) => ({
  signing: await signingPage(event, event.params.signing),
});

export const actions: Actions = {
  finish: async (event) => {
    const { language } = event.locals;
    const actId = event.params.id;
    const { own } = await callApi(event, (api) => api.expertPay.act.query({ actId }));
    const input = {
      actId,
      signingId: event.params.signing,
      cms: String((await event.request.formData()).get('cms') ?? ''),
    };
    const answer = await callApi(event, (api) =>
      own ? api.expertPay.signAct.mutate(input) : api.expertPay.acceptAct.mutate(input),
    );
    if (answer.ok) {
      say(event.cookies, {
        tone: 'done',
        key: own ? 'expert-pay:act.done.sign' : 'expert-pay:act.done.accept',
        params: {},
      });
      redirect(303, `/${language}/acts/${actId}`);
    }
    return fail(409, {
      errors:
        answer.refusal === 'not-possible-now'
          ? [{ field: null, text: translator(language)('expert-pay:problem.not-possible-now') }]
          : signingErrors(language, answer.refusal),
    });
  },

  renew: async (event) => {
    const actId = event.params.id;
    const act = `/${event.locals.language}/acts/${actId}`;
    const { own } = await callApi(event, (api) => api.expertPay.act.query({ actId }));
    const answer = await callApi(event, (api) =>
      own ? api.expertPay.startAct.mutate({ actId }) : api.expertPay.startAcceptance.mutate({ actId }),
    );
    redirect(303, answer.ok ? `${act}/sign/${answer.signingId}` : act);
  },

  phone: async (event) => {
    const refusal = await startPhone(event, event.params.signing);
    return refusal ? fail(409, { errors: signingErrors(event.locals.language, refusal) }) : {};
  },
};
