import { AddPhraseInput, RemovePhraseInput } from '@mse/contracts/expert-desk';
import { translator } from '@mse/i18n';
import { error, fail, redirect } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { say } from '#lib/server/flash.ts';
import { formErrors, typed } from '#lib/server/form-errors.ts';
import { saidBefore } from '#lib/server/said.ts';
import type { Actions, PageServerLoad } from './$types';

/** X04: phrases of the methodology and control department for every expert. */
export const load: PageServerLoad = async (event) => ({
  said: saidBefore(event),
  ...(await callApi(event, (api) => api.expertDesk.commonPhrases.query())),
});

export const actions: Actions = {
  add: async (event) => {
    const { language } = event.locals;
    const values = typed(await event.request.formData());
    const input = AddPhraseInput.safeParse({ field: values.field, text: values.text ?? '' });
    if (!input.success) return fail(400, { values, errors: formErrors(language, input.error) });
    const answer = await callApi(event, (api) => api.expertDesk.offerPhrase.mutate(input.data));
    if (!answer.ok)
      return fail(409, {
        values,
        errors: { text: translator(language)(`expert-desk:phrase.refusal.${answer.refusal}`) },
      });
    say(event.cookies, { tone: 'done', key: 'expert-desk:phrase.done.added', params: {} });
    redirect(303, event.url.pathname);
  },

  end: async (event) => {
    const input = RemovePhraseInput.safeParse({
      phraseId: (await event.request.formData()).get('phraseId'),
    });
    if (!input.success) error(400);
    await callApi(event, (api) => api.expertDesk.endPhrase.mutate(input.data));
    say(event.cookies, { tone: 'done', key: 'expert-desk:phrase.done.ended', params: {} });
    redirect(303, event.url.pathname);
  },
};
