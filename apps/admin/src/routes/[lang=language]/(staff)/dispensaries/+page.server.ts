import { AddDispensaryInput, EndDispensaryInput } from '@mse/contracts/nosology';
import { translator } from '@mse/i18n';
import { fail, redirect } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { saidBefore } from '#lib/server/dated-rows.ts';
import { say } from '#lib/server/flash.ts';
import { formErrors, typed } from '#lib/server/form-errors.ts';
import type { Actions, PageServerLoad } from './$types';

/** F009, SN-01: organisations that may send people they have not attached. */
export const load: PageServerLoad = async (event) => ({
  said: saidBefore(event),
  ...(await callApi(event, (api) => api.nosology.dispensaries.query())),
});

export const actions: Actions = {
  add: async (event) => {
    const { language } = event.locals;
    const said = typed(await event.request.formData());
    const input = AddDispensaryInput.safeParse({
      bin: said.bin ?? '',
      name: { kk: said['name.kk'], ru: said['name.ru'], en: said['name.en'] },
      validFrom: said.validFrom ?? '',
      validUntil: said.validUntil ?? '',
      basis: said.basis ?? '',
    });
    if (!input.success) return fail(400, { typed: said, errors: formErrors(language, input.error) });
    const answer = await callApi(event, (api) => api.nosology.addDispensary.mutate(input.data));
    if (!answer.ok) {
      const field = answer.refusal === 'overlaps' ? 'bin' : 'validUntil';
      const errors: Record<string, string> = {
        [field]: translator(language)(`nosology:dispensary.refusal.${answer.refusal}`),
      };
      return fail(409, { typed: said, errors });
    }
    say(event.cookies, { tone: 'done', key: 'nosology:dispensary.done', params: {} });
    redirect(303, event.url.pathname);
  },

  end: async (event) => {
    const { language } = event.locals;
    const said = typed(await event.request.formData());
    // Every line has a field of its own.
    const field = `lastDay-${said.bin}-${said.validFrom}`;
    const wrong = (text: string): Record<string, string> => ({ [field]: text });
    const input = EndDispensaryInput.safeParse({
      bin: said.bin,
      validFrom: said.validFrom,
      lastDay: said[field] ?? '',
    });
    if (!input.success) return fail(400, { typed: said, errors: wrong(translator(language)('errors:date')) });
    const answer = await callApi(event, (api) => api.nosology.endDispensary.mutate(input.data));
    if (!answer.ok)
      return fail(409, {
        typed: said,
        errors: wrong(translator(language)(`nosology:refusal.${answer.refusal}`)),
      });
    say(event.cookies, { tone: 'done', key: 'nosology:dispensary.ended', params: {} });
    redirect(303, event.url.pathname);
  },
};
