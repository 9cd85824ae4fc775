import { AnswerConsultationInput } from '@mse/contracts/in-person';
import { translator } from '@mse/i18n';
import { fail, redirect } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { say } from '#lib/server/flash.ts';
import type { Actions, PageServerLoad } from './$types';

/** PX-22: one question with its preliminary conclusion, and the answer to it. */
export const load: PageServerLoad = async (event) => ({
  consultation: await callApi(event, (api) =>
    api.inPerson.consultation.query({ consultationId: event.params.id }),
  ),
});

export const actions: Actions = {
  default: async (event) => {
    const t = translator(event.locals.language);
    const answer = String((await event.request.formData()).get('answer') ?? '');
    const input = AnswerConsultationInput.safeParse({ consultationId: event.params.id, answer });
    if (!input.success)
      return fail(400, { answer, error: t(`errors:${input.error.issues[0]?.message ?? 'invalid'}`) });
    const done = await callApi(event, (api) => api.inPerson.answerConsultation.mutate(input.data));
    if (!done.ok) return fail(409, { answer, error: t(`in-person:problem.${done.refusal}`) });
    say(event.cookies, { tone: 'done', key: 'in-person:consultation.sent', params: {} });
    redirect(303, `/${event.locals.language}/consultations`);
  },
};
