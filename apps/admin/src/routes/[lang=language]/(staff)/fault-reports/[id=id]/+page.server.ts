import { AnswerFaultReportInput } from '@mse/contracts/fault-reports';
import { fail, redirect } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { say } from '#lib/server/flash.ts';
import { formErrors, typed } from '#lib/server/form-errors.ts';
import type { Actions, PageServerLoad } from './$types';

/** S04: one report of a fault, and the answer to it. */
export const load: PageServerLoad = async (event) => ({
  report: await callApi(event, (api) => api.faultReports.get.query({ id: event.params.id })),
});

export const actions: Actions = {
  default: async (event) => {
    const said = typed(await event.request.formData());
    const input = AnswerFaultReportInput.safeParse({ id: event.params.id, answer: said.answer });
    if (!input.success)
      return fail(400, { answer: said.answer ?? '', errors: formErrors(event.locals.language, input.error) });
    const answer = await callApi(event, (api) => api.faultReports.answer.mutate(input.data));
    say(
      event.cookies,
      answer.ok
        ? { tone: 'done', key: 'fault-reports:staff.answered', params: {} }
        : { tone: 'problem', key: `fault-reports:staff.${answer.refusal}`, params: {} },
    );
    redirect(303, `/${event.locals.language}/fault-reports`);
  },
};
