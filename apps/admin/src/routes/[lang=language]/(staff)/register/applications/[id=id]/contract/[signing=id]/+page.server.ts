import { SIGNING_REFUSALS, type SigningRefusal } from '@mse/domain/signing';
import { translator } from '@mse/i18n';
import { fail, redirect } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { say } from '#lib/server/flash.ts';
import { signingErrors, signingPage, startPhone } from '#lib/server/signing.ts';
import type { Actions, PageServerLoad } from './$types';

const isOfSigning = (refusal: string): refusal is SigningRefusal =>
  (SIGNING_REFUSALS as readonly string[]).includes(refusal);

/** RG-20: the contract and the Committee's signature under it. */
export const load: PageServerLoad = async (event) => ({
  id: event.params.id,
  indicator: Number(event.url.searchParams.get('indicator')),
  signing: await signingPage(event, event.params.signing),
});

export const actions: Actions = {
  finish: async (event) => {
    const { language } = event.locals;
    const { id, signing: signingId } = event.params;
    const indicator = Number(event.url.searchParams.get('indicator'));
    const cms = String((await event.request.formData()).get('cms') ?? '');
    const answer = await callApi(event, (api) =>
      api.expertRegister.sendContract.mutate({ id, indicator, signingId, cms }),
    );
    if (answer.ok) {
      say(event.cookies, { tone: 'done', key: 'expert-register:application.sent', params: {} });
      redirect(303, `/${language}/register/applications/${id}`);
    }
    const { refusal } = answer;
    const errors = isOfSigning(refusal)
      ? signingErrors(language, refusal)
      : [{ field: null, text: translator(language)(`expert-register:refusal.${refusal}`) }];
    return fail(409, { errors });
  },

  renew: async (event) => {
    const { id } = event.params;
    const indicator = Number(event.url.searchParams.get('indicator'));
    const opened = await callApi(event, (api) => api.expertRegister.openContract.mutate({ id, indicator }));
    const back = `/${event.locals.language}/register/applications/${id}`;
    redirect(303, opened.ok ? `${back}/contract/${opened.signingId}?indicator=${indicator}` : back);
  },

  phone: async (event) => {
    const refusal = await startPhone(event, event.params.signing);
    return refusal ? fail(409, { errors: signingErrors(event.locals.language, refusal) }) : {};
  },
};
