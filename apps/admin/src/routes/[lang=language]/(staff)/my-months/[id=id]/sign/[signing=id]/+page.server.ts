import { translator } from '@mse/i18n';
import { fail, redirect } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { say } from '#lib/server/flash.ts';
import { signingErrors, signingPage, startPhone } from '#lib/server/signing.ts';
import type { Actions, PageServerLoad } from './$types';

/** AS-06: the exact text of an assessment, and the expert's signature under it. */
export const load: PageServerLoad = async (event) => ({
  signing: await signingPage(event, event.params.signing),
});

export const actions: Actions = {
  finish: async (event) => {
    const { language } = event.locals;
    const cms = String((await event.request.formData()).get('cms') ?? '');
    const answer = await callApi(event, (api) =>
      api.expertPay.signAssessment.mutate({
        assessmentId: event.params.id,
        signingId: event.params.signing,
        cms,
      }),
    );
    if (answer.ok) {
      say(event.cookies, { tone: 'done', key: 'expert-pay:mine.assessmentSigned', params: {} });
      redirect(303, `/${language}/my-months`);
    }
    return fail(409, {
      errors:
        answer.refusal === 'not-possible-now'
          ? [{ field: null, text: translator(language)('expert-pay:problem.not-possible-now') }]
          : signingErrors(language, answer.refusal),
    });
  },

  /** A fresh text is made from the page of the months, where the remark is. */
  renew: (event) => redirect(303, `/${event.locals.language}/my-months`),

  phone: async (event) => {
    const refusal = await startPhone(event, event.params.signing);
    return refusal ? fail(409, { errors: signingErrors(event.locals.language, refusal) }) : {};
  },
};
