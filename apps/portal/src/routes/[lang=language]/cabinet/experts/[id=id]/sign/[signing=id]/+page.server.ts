import { SIGNING_REFUSALS, type SigningRefusal } from '@mse/domain/signing';
import { translator } from '@mse/i18n';
import { fail, redirect } from '@sveltejs/kit';
import { ask } from '#lib/server/ask.ts';
import { signingErrors, signingPage, startPhone } from '#lib/server/signing.ts';
import type { Actions, PageServerLoad } from './$types';

const isOfSigning = (refusal: string): refusal is SigningRefusal =>
  (SIGNING_REFUSALS as readonly string[]).includes(refusal);

/** RG-09: the exact text of the application, and the signature under it. */
export const load: PageServerLoad = async (event) => ({
  id: event.params.id,
  signing: await signingPage(event, event.params.signing),
});

export const actions: Actions = {
  finish: async (event) => {
    const { id, signing: signingId } = event.params;
    const cms = String((await event.request.formData()).get('cms') ?? '');
    const answer = await ask(event, event.locals.api.expertApplication.submit.mutate({ id, signingId, cms }));
    if (answer.ok) redirect(303, `/${event.locals.language}/cabinet/experts/${id}?said=sent`);
    const { refusal } = answer;
    const errors = isOfSigning(refusal)
      ? signingErrors(event.locals.language, refusal)
      : [{ field: null, text: translator(event.locals.language)(`expert-application:refusal.${refusal}`) }];
    return fail(409, { errors });
  },

  /** A fresh text with a new number. */
  renew: async (event) => {
    const { id } = event.params;
    const opened = await ask(event, event.locals.api.expertApplication.openSubmit.mutate({ id }));
    const back = `/${event.locals.language}/cabinet/experts/${id}`;
    redirect(303, opened.ok ? `${back}/sign/${opened.signingId}` : back);
  },

  phone: async (event) => {
    const refusal = await startPhone(event, event.params.signing);
    return refusal ? fail(409, { errors: signingErrors(event.locals.language, refusal) }) : {};
  },
};
