import { NoteProblemInput, ReopenProblemInput, SendProblemInput } from '@mse/contracts/problems';
import { translator } from '@mse/i18n';
import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { say } from '#lib/server/flash.ts';
import { formErrors, typed } from '#lib/server/form-errors.ts';
import { saidBefore } from '#lib/server/said.ts';
import type { Actions, PageServerLoad } from './$types';

/** EQ-17: one problem, its clock and its history. */
export const load: PageServerLoad = async (event) => ({
  said: saidBefore(event),
  problem: await callApi(event, (api) => api.problems.get.query({ id: event.params.id })),
});

/** Leaves the outcome of a step for the same page, which then shows it in the history, too. */
function done(event: RequestEvent, answer: { ok: boolean; refusal?: string }, key: string): never {
  say(
    event.cookies,
    answer.ok
      ? { tone: 'done', key, params: {} }
      : { tone: 'problem', key: `problems:refusal.${answer.refusal}`, params: {} },
  );
  redirect(303, event.url.pathname);
}

export const actions: Actions = {
  send: async (event) => {
    const said = typed(await event.request.formData());
    const { language } = event.locals;
    const input = SendProblemInput.safeParse({
      id: event.params.id,
      sentOn: said.sentOn,
      note: said.sendingNote,
    });
    if (!input.success) {
      const { note, ...errors } = formErrors(language, input.error);
      return fail(400, { typed: said, errors: { ...errors, ...(note ? { sendingNote: note } : {}) } });
    }
    const answer = await callApi(event, (api) => api.problems.send.mutate(input.data));
    if (!answer.ok && answer.refusal !== 'already-sent') {
      const words = translator(language)(`problems:refusal.${answer.refusal}`);
      return fail(409, { typed: said, errors: { sentOn: words } });
    }
    done(event, answer, 'problems:send.done');
  },

  note: async (event) => {
    const said = typed(await event.request.formData());
    const input = NoteProblemInput.safeParse({ id: event.params.id, note: said.note });
    if (!input.success)
      return fail(400, { typed: said, errors: formErrors(event.locals.language, input.error) });
    done(event, await callApi(event, (api) => api.problems.note.mutate(input.data)), 'problems:note.done');
  },

  reopen: async (event) => {
    const said = typed(await event.request.formData());
    const input = ReopenProblemInput.safeParse({ id: event.params.id, reason: said.reason });
    if (!input.success)
      return fail(400, { typed: said, errors: formErrors(event.locals.language, input.error) });
    done(
      event,
      await callApi(event, (api) => api.problems.reopen.mutate(input.data)),
      'problems:reopen.done',
    );
  },
};
