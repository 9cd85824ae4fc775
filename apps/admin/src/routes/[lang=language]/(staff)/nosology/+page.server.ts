import { AddGroupInput } from '@mse/contracts/nosology';
import { translator } from '@mse/i18n';
import { fail, redirect } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { saidBefore } from '#lib/server/dated-rows.ts';
import { say } from '#lib/server/flash.ts';
import { formErrors, typed } from '#lib/server/form-errors.ts';
import type { Actions, PageServerLoad } from './$types';

/** R09: the nosological forms of the remote track. */
export const load: PageServerLoad = async (event) => ({
  said: saidBefore(event),
  list: await callApi(event, (api) => api.nosology.list.query()),
});

export const actions: Actions = {
  default: async (event) => {
    const { language } = event.locals;
    const said = typed(await event.request.formData());
    const input = AddGroupInput.safeParse({
      code: said.code,
      name: { kk: said['name.kk'], ru: said['name.ru'], en: said['name.en'] },
    });
    if (!input.success) return fail(400, { typed: said, errors: formErrors(language, input.error) });
    const answer = await callApi(event, (api) => api.nosology.addGroup.mutate(input.data));
    if (!answer.ok)
      return fail(409, {
        typed: said,
        errors: { code: translator(language)(`nosology:refusal.${answer.refusal}`) },
      });
    say(event.cookies, { tone: 'done', key: 'nosology:add-group.done', params: {} });
    redirect(303, `/${language}/nosology/${input.data.code}`);
  },
};
