import { decisionTyped } from '@mse/domain/examination';
import { translator } from '@mse/i18n';
import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { heard, say } from '#lib/server/flash.ts';
import { typed } from '#lib/server/form-errors.ts';
import type { Actions, PageServerLoad } from './$types';

/** PX-35: the form of the head's conclusion. Only an accepted application has one. */
export const load: PageServerLoad = async (event) => {
  const conclusion = await callApi(event, (api) =>
    api.inPerson.conclusion.query({ applicationId: event.params.id }),
  );
  if (conclusion.state !== 'accepted') error(404, 'not found');
  const said = heard(event.cookies);
  return { conclusion, said: said ? translator(event.locals.language)(said.key, said.params) : null };
};

/** Keeps everything typed, right or wrong. */
async function save(event: RequestEvent, form: FormData) {
  const answer = await callApi(event, (api) =>
    api.inPerson.saveConclusion.mutate({
      applicationId: event.params.id ?? '',
      version: String(form.get('version')),
      typed: decisionTyped(typed(form)),
    }),
  );
  return answer.ok
    ? null
    : fail(409, {
        typed: decisionTyped(typed(form)),
        problem: translator(event.locals.language)(`in-person:problem.${answer.refusal}`),
        asked: false,
      });
}

export const actions: Actions = {
  save: async (event) => {
    const failed = await save(event, await event.request.formData());
    if (failed) return failed;
    say(event.cookies, { tone: 'done', key: 'in-person:conclusion.saved', params: {} });
    redirect(303, event.url.pathname);
  },

  /** To the text to sign; what is wrong with the form is shown at its fields. */
  sign: async (event) => {
    const form = await event.request.formData();
    const failed = await save(event, form);
    if (failed) return failed;
    const answer = await callApi(event, (api) =>
      api.inPerson.startConclusion.mutate({ applicationId: event.params.id }),
    );
    if (answer.ok) redirect(303, `${event.url.pathname}/sign/${answer.signingId}`);
    return fail(409, {
      typed: decisionTyped(typed(form)),
      problem:
        answer.refusal === 'incomplete'
          ? null
          : translator(event.locals.language)(`in-person:problem.${answer.refusal}`),
      asked: true,
    });
  },
};
