import { translator } from '@mse/i18n';
import { fail, redirect } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { say } from '#lib/server/flash.ts';
import { signingErrors, signingPage, startPhone } from '#lib/server/signing.ts';
import type { Actions, PageServerLoad } from './$types';

/** PX-35: the exact text of a conclusion, and the head's signature under it. */
export const load: PageServerLoad = async (event) => ({
  signing: await signingPage(event, event.params.signing),
});

export const actions: Actions = {
  finish: async (event) => {
    const { language } = event.locals;
    const cms = String((await event.request.formData()).get('cms') ?? '');
    const answer = await callApi(event, (api) =>
      api.inPerson.conclude.mutate({
        applicationId: event.params.id,
        signingId: event.params.signing,
        cms,
      }),
    );
    if (answer.ok) {
      say(event.cookies, { tone: 'done', key: 'in-person:conclusion.done', params: { act: answer.actNo } });
      redirect(303, `/${language}/applications/${event.params.id}`);
    }
    const { refusal } = answer;
    if (refusal === 'incomplete' || refusal === 'not-possible-now' || refusal === 'changed-meanwhile')
      return fail(409, {
        errors: [{ field: null, text: translator(language)(`in-person:problem.${refusal}`) }],
      });
    return fail(409, { errors: signingErrors(language, refusal) });
  },

  /** A fresh text with a new number, made from what is saved. */
  renew: async (event) => {
    const answer = await callApi(event, (api) =>
      api.inPerson.startConclusion.mutate({ applicationId: event.params.id }),
    );
    const conclusion = `/${event.locals.language}/applications/${event.params.id}/conclusion`;
    redirect(303, answer.ok ? `${conclusion}/sign/${answer.signingId}` : conclusion);
  },

  phone: async (event) => {
    const refusal = await startPhone(event, event.params.signing);
    return refusal ? fail(409, { errors: signingErrors(event.locals.language, refusal) }) : {};
  },
};
