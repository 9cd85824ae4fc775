import { AssessmentInput, SaveAccountInput } from '@mse/contracts/expert-pay';
import { translator } from '@mse/i18n';
import { fail, redirect } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { heard, say } from '#lib/server/flash.ts';
import { formErrors, typed } from '#lib/server/form-errors.ts';
import type { Actions, PageServerLoad } from './$types';

/** X08: the expert's own months: assessment, its explanation, the act of works, the account. */
export const load: PageServerLoad = async (event) => {
  const said = heard(event.cookies);
  const { account, ...mine } = await callApi(event, (api) => api.expertPay.myMonths.query());
  return {
    ...mine,
    // `account` is who is signed in, on every page.
    bankAccount: account,
    said: said ? translator(event.locals.language)(said.key, said.params) : null,
  };
};

export const actions: Actions = {
  account: async (event) => {
    const values = typed(await event.request.formData());
    const input = SaveAccountInput.safeParse({
      bank: values.bank ?? '',
      bic: values.bic ?? '',
      iban: values.iban ?? '',
    });
    if (!input.success) return fail(400, { values, errors: formErrors(event.locals.language, input.error) });
    await callApi(event, (api) => api.expertPay.saveAccount.mutate(input.data));
    say(event.cookies, { tone: 'done', key: 'expert-pay:mine.accountSaved', params: {} });
    redirect(303, event.url.pathname);
  },

  /** To the text of an assessment, with the remark in it. */
  sign: async (event) => {
    const { language } = event.locals;
    const values = typed(await event.request.formData());
    const input = AssessmentInput.safeParse({
      assessmentId: values.assessmentId,
      // Every month of the page has a remark of its own, so that each field has a name of its own.
      remark: values[`remark-${values.assessmentId}`] ?? '',
    });
    if (!input.success) {
      const { remark = '' } = formErrors(language, input.error);
      return fail(400, { values, errors: { [`remark-${values.assessmentId}`]: remark } });
    }
    const answer = await callApi(event, (api) => api.expertPay.startAssessment.mutate(input.data));
    if (!answer.ok)
      return fail(409, { problem: translator(language)(`expert-pay:problem.${answer.refusal}`) });
    redirect(303, `${event.url.pathname}/${input.data.assessmentId}/sign/${answer.signingId}`);
  },

  form: async (event) => {
    const { language } = event.locals;
    const assessmentId = String((await event.request.formData()).get('assessmentId') ?? '');
    const answer = await callApi(event, (api) => api.expertPay.formAct.mutate({ assessmentId }));
    if (!answer.ok)
      return fail(409, { problem: translator(language)(`expert-pay:problem.${answer.refusal}`) });
    redirect(303, `/${language}/acts/${answer.actId}`);
  },
};
