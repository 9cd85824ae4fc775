import { AddPhraseInput, ChangePhraseInput, RemovePhraseInput } from '@mse/contracts/expert-desk';
import { translator } from '@mse/i18n';
import { error, fail, redirect } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { say } from '#lib/server/flash.ts';
import { formErrors, typed } from '#lib/server/form-errors.ts';
import { saidBefore } from '#lib/server/said.ts';
import type { Actions, PageServerLoad } from './$types';

/** X04: the expert's own template phrases. */
export const load: PageServerLoad = async (event) => ({
  said: saidBefore(event),
  phrases: await callApi(event, (api) => api.expertDesk.phrases.query()),
});

export const actions: Actions = {
  add: async (event) => {
    const { language } = event.locals;
    const values = typed(await event.request.formData());
    const input = AddPhraseInput.safeParse({ field: values.field, text: values.text ?? '' });
    if (!input.success) return fail(400, { values, errors: formErrors(language, input.error) });
    const answer = await callApi(event, (api) => api.expertDesk.addPhrase.mutate(input.data));
    if (!answer.ok)
      return fail(409, {
        values,
        errors: { text: translator(language)(`expert-desk:phrase.refusal.${answer.refusal}`) },
      });
    say(event.cookies, { tone: 'done', key: 'expert-desk:phrase.done.added', params: {} });
    redirect(303, event.url.pathname);
  },

  change: async (event) => {
    const { language } = event.locals;
    const values = typed(await event.request.formData());
    // Every phrase has a field of its own, so that the errors of one do not stand at another.
    const field = `text-${values.phraseId}`;
    const input = ChangePhraseInput.safeParse({ phraseId: values.phraseId, text: values[field] ?? '' });
    if (!input.success) {
      const { text = '' } = formErrors(language, input.error);
      return fail(400, { values, errors: { [field]: text } });
    }
    const answer = await callApi(event, (api) => api.expertDesk.changePhrase.mutate(input.data));
    if (!answer.ok)
      return fail(409, {
        values,
        errors: { [field]: translator(language)(`expert-desk:phrase.refusal.${answer.refusal}`) },
      });
    say(event.cookies, { tone: 'done', key: 'expert-desk:phrase.done.changed', params: {} });
    redirect(303, event.url.pathname);
  },

  remove: async (event) => {
    const input = RemovePhraseInput.safeParse({
      phraseId: (await event.request.formData()).get('phraseId'),
    });
    if (!input.success) error(400);
    await callApi(event, (api) => api.expertDesk.removePhrase.mutate(input.data));
    say(event.cookies, { tone: 'done', key: 'expert-desk:phrase.done.removed', params: {} });
    redirect(303, event.url.pathname);
  },
};
