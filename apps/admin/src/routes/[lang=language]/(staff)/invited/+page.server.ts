import { translator } from '@mse/i18n';
import { fail, redirect } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { heard, say } from '#lib/server/flash.ts';
import type { Actions, PageServerLoad } from './$types';

/** PX-34: people invited to this department after a mismatch; a stream of its own beside the queue. */
export const load: PageServerLoad = async (event) => {
  const said = heard(event.cookies);
  return {
    ...(await callApi(event, (api) => api.inPerson.invited.query())),
    said: said ? translator(event.locals.language)(said.key, said.params) : null,
  };
};

export const actions: Actions = {
  open: async (event) => {
    const { language } = event.locals;
    const caseId = String((await event.request.formData()).get('caseId') ?? '');
    const answer = await callApi(event, (api) => api.inPerson.open.mutate({ caseId }));
    if (!answer.ok)
      return fail(409, { problem: translator(language)(`in-person:problem.${answer.refusal}`), asked: null });
    redirect(303, `/${language}/applications/${answer.applicationId}`);
  },

  /** A refusal to be examined closes the case; it is asked about first. */
  ask: async (event) => ({
    problem: null,
    asked: String((await event.request.formData()).get('caseId') ?? ''),
  }),

  refuse: async (event) => {
    const caseId = String((await event.request.formData()).get('caseId') ?? '');
    const answer = await callApi(event, (api) => api.inPerson.refuseVisit.mutate({ caseId }));
    if (!answer.ok)
      return fail(409, {
        problem: translator(event.locals.language)(`in-person:problem.${answer.refusal}`),
        asked: null,
      });
    say(event.cookies, { tone: 'done', key: 'in-person:invited.doneRefused', params: {} });
    redirect(303, event.url.pathname);
  },
};
