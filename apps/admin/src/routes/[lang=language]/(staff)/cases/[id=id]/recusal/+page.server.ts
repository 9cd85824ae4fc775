import { RecuseInput } from '@mse/contracts/expert-desk';
import { fail, redirect } from '@sveltejs/kit';
import { translator } from '@mse/i18n';
import { callApi } from '#lib/server/api.ts';
import { say } from '#lib/server/flash.ts';
import { typed } from '#lib/server/form-errors.ts';
import type { Actions, PageServerLoad } from './$types';

/** X06: giving a case back. */
export const load: PageServerLoad = async (event) => {
  const assignmentId = event.params.id;
  const found = await callApi(event, (api) => api.expertDesk.case.query({ assignmentId }));
  if (found.state !== 'open') redirect(303, `/${event.locals.language}/cases/${assignmentId}`);
  return { assignmentId, caseCode: found.caseCode };
};

export const actions: Actions = {
  default: async (event) => {
    const { language } = event.locals;
    const t = translator(language);
    const said = typed(await event.request.formData());
    const refused = (field: 'reason' | 'note', refusal: string) =>
      fail(400, {
        reason: said.reason ?? '',
        note: said.note ?? '',
        error: { field, text: t(`expert-desk:recusal.refusal.${refusal}`) },
      });
    const input = RecuseInput.safeParse({
      assignmentId: event.params.id,
      reason: said.reason,
      note: said.note ?? '',
    });
    if (!input.success)
      return input.error.issues.some((issue) => issue.path[0] === 'note')
        ? refused('note', 'too-long')
        : refused('reason', 'choice');
    const { caseCode } = await callApi(event, (api) =>
      api.expertDesk.case.query({ assignmentId: input.data.assignmentId }),
    );
    const answer = await callApi(event, (api) => api.expertDesk.recuse.mutate(input.data));
    if (!answer.ok && answer.refusal !== 'not-open') return refused('note', answer.refusal);
    say(
      event.cookies,
      answer.ok
        ? { tone: 'done', key: 'expert-desk:recusal.done', params: { code: caseCode } }
        : { tone: 'problem', key: 'expert-desk:recusal.refusal.not-open', params: {} },
    );
    redirect(303, `/${language}/cases`);
  },
};
