import { translator } from '@mse/i18n';
import { fail, redirect } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { say } from '#lib/server/flash.ts';
import { signingErrors, signingPage, startPhone } from '#lib/server/signing.ts';
import type { Actions, PageServerLoad } from './$types';

/** JR-01…JR-03, PX-55: the exact text of a correction, a day, a month or a list, and the head's signature under it. */
export const load: PageServerLoad = async (event) => ({
  signing: await signingPage(event, event.params.signing),
});

export const actions: Actions = {
  finish: async (event) => {
    const { language } = event.locals;
    const cms = String((await event.request.formData()).get('cms') ?? '');
    const answer = await callApi(event, (api) =>
      api.journals.finish.mutate({ signingId: event.params.signing, cms }),
    );
    if (answer.ok) {
      say(event.cookies, { tone: 'done', key: 'journals:page.done', params: {} });
      redirect(303, `/${language}${answer.back}`);
    }
    const { refusal } = answer;
    if (refusal === 'changed-meanwhile')
      return fail(409, {
        errors: [{ field: null, text: translator(language)('journals:refusal.changed-meanwhile') }],
      });
    return fail(409, { errors: signingErrors(language, refusal) });
  },

  renew: async (event) => {
    const { signingId } = await callApi(event, (api) =>
      api.journals.renew.mutate({ signingId: event.params.signing }),
    );
    redirect(303, `/${event.locals.language}/journals/signing/${signingId}`);
  },

  phone: async (event) => {
    const refusal = await startPhone(event, event.params.signing);
    return refusal ? fail(409, { errors: signingErrors(event.locals.language, refusal) }) : {};
  },
};
