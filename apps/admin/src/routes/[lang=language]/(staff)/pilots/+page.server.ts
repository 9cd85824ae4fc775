import { AddPilotInput, TakeBackPilotInput } from '@mse/contracts/pilots';
import { translator } from '@mse/i18n';
import { fail, redirect } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { saidBefore, sayTakenBack } from '#lib/server/dated-rows.ts';
import { say } from '#lib/server/flash.ts';
import { formErrors, typed } from '#lib/server/form-errors.ts';
import type { Actions, PageServerLoad } from './$types';

/** GV-04: where and when booking is open, with the acts behind it. */
export const load: PageServerLoad = async (event) => ({
  said: saidBefore(event),
  list: await callApi(event, (api) => api.pilots.list.query()),
});

export const actions: Actions = {
  add: async (event) => {
    const said = typed(await event.request.formData());
    const input = AddPilotInput.safeParse({
      regionCode: said.regionCode,
      validFrom: said.validFrom,
      validUntil: said.validUntil,
      legalAct: { kk: said['legalAct.kk'], ru: said['legalAct.ru'], en: said['legalAct.en'] },
    });
    if (!input.success)
      return fail(400, { typed: said, errors: formErrors(event.locals.language, input.error) });
    const answer = await callApi(event, (api) => api.pilots.add.mutate(input.data));
    if (!answer.ok) {
      const field = answer.refusal === 'overlaps' ? 'validFrom' : 'validUntil';
      const words = translator(event.locals.language)(`pilots:refusal.${answer.refusal}`);
      return fail(409, { typed: said, errors: { [field]: words } });
    }
    say(event.cookies, { tone: 'done', key: 'pilots:add.done', params: {} });
    redirect(303, event.url.pathname);
  },

  takeBack: async (event) => {
    const { id } = typed(await event.request.formData());
    const input = TakeBackPilotInput.safeParse({ id });
    sayTakenBack(
      event,
      'pilots',
      input.success
        ? await callApi(event, (api) => api.pilots.takeBack.mutate(input.data))
        : { ok: false, refusal: 'not-found' },
    );
    redirect(303, event.url.pathname);
  },
};
