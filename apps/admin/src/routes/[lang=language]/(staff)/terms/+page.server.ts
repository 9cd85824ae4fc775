import { AddTermInput, TakeBackTermInput } from '@mse/contracts/terms';
import { translator } from '@mse/i18n';
import { fail, redirect } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { saidBefore, sayTakenBack } from '#lib/server/dated-rows.ts';
import { say } from '#lib/server/flash.ts';
import { formErrors, typed } from '#lib/server/form-errors.ts';
import type { Actions, PageServerLoad } from './$types';

/** GV-03: words that change by law, with their history. */
export const load: PageServerLoad = async (event) => ({
  said: saidBefore(event),
  list: await callApi(event, (api) => api.terms.list.query()),
});

export const actions: Actions = {
  add: async (event) => {
    const said = typed(await event.request.formData());
    const input = AddTermInput.safeParse({
      term: said.term,
      validFrom: said.validFrom,
      words: { kk: said['words.kk'], ru: said['words.ru'], en: said['words.en'] },
      basis: said.basis,
    });
    if (!input.success)
      return fail(400, { typed: said, errors: formErrors(event.locals.language, input.error) });
    const answer = await callApi(event, (api) => api.terms.add.mutate(input.data));
    if (!answer.ok) {
      const field = answer.refusal === 'same-words' ? 'words.kk' : 'validFrom';
      const words = translator(event.locals.language)(`terms:refusal.${answer.refusal}`);
      return fail(409, { typed: said, errors: { [field]: words } });
    }
    say(event.cookies, { tone: 'done', key: 'terms:add.done', params: {} });
    redirect(303, event.url.pathname);
  },

  takeBack: async (event) => {
    const { term, validFrom } = typed(await event.request.formData());
    const input = TakeBackTermInput.safeParse({ term, validFrom });
    sayTakenBack(
      event,
      'terms',
      input.success
        ? await callApi(event, (api) => api.terms.takeBack.mutate(input.data))
        : { ok: false, refusal: 'not-found' },
    );
    redirect(303, event.url.pathname);
  },
};
