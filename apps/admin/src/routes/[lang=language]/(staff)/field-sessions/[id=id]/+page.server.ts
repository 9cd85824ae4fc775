import {
  CancelSessionInput,
  FindPersonInput,
  MoveSessionInput,
  StepSessionInput,
} from '@mse/contracts/field-sessions';
import { hasKey, translator } from '@mse/i18n';
import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { textOf } from '#lib/server/field-errors.ts';
import { say } from '#lib/server/flash.ts';
import { formErrors, typed } from '#lib/server/form-errors.ts';
import { saidBefore } from '#lib/server/said.ts';
import type { Actions, PageServerLoad } from './$types';

/** FF-03: the day of a session: a plain page of few bytes that works on a poor connection and without JavaScript. */
export const load: PageServerLoad = async (event) => ({
  session: await callApi(event, (api) => api.fieldSessions.get.query({ sessionId: event.params.id })),
  said: saidBefore(event),
});

const wordsOf = (event: RequestEvent, refusal: string) => {
  const { language } = event.locals;
  const own = `field-sessions:refusal.${refusal}`;
  return translator(language)(hasKey(language, own) ? own : `in-person:problem.${refusal}`);
};

/** Back to the page with a word about what was done; a reload does nothing twice. */
function done(event: RequestEvent, key: string): never {
  say(event.cookies, { tone: 'done', key: `field-sessions:done.${key}`, params: {} });
  redirect(303, event.url.pathname);
}

const refused = (event: RequestEvent, refusal: string) =>
  fail(409, { problem: wordsOf(event, refusal), errors: {}, typed: {} as Record<string, string> });

export const actions: Actions = {
  step: async (event) => {
    const input = StepSessionInput.parse({
      ...typed(await event.request.formData()),
      sessionId: event.params.id,
    });
    const answer = await callApi(event, (api) => api.fieldSessions.step.mutate(input));
    return answer.ok ? done(event, input.event) : refused(event, answer.refusal);
  },

  move: async (event) => {
    const form = await event.request.formData();
    const input = MoveSessionInput.safeParse({ ...typed(form), sessionId: event.params.id });
    if (!input.success)
      return fail(400, {
        problem: null,
        errors: formErrors(event.locals.language, input.error),
        typed: typed(form),
      });
    const answer = await callApi(event, (api) => api.fieldSessions.move.mutate(input.data));
    return answer.ok
      ? done(event, 'moved')
      : fail(409, {
          problem: null,
          errors: { day: wordsOf(event, answer.refusal) },
          typed: typed(form),
        });
  },

  cancel: async (event) => {
    const form = await event.request.formData();
    const input = CancelSessionInput.safeParse({ ...typed(form), sessionId: event.params.id });
    if (!input.success)
      return fail(400, {
        problem: null,
        errors: formErrors(event.locals.language, input.error),
        typed: typed(form),
      });
    const answer = await callApi(event, (api) => api.fieldSessions.cancel.mutate(input.data));
    return answer.ok ? done(event, 'cancelled') : refused(event, answer.refusal);
  },

  put: async (event) => {
    const formId = textOf(await event.request.formData(), 'formId');
    const answer = await callApi(event, (api) =>
      api.fieldSessions.put.mutate({ sessionId: event.params.id, formId }),
    );
    return answer.ok ? done(event, 'put') : refused(event, answer.refusal);
  },

  /** The number travels in the body of the request, never in an address. */
  find: async (event) => {
    const form = await event.request.formData();
    const input = FindPersonInput.safeParse({ ...typed(form), sessionId: event.params.id });
    if (!input.success)
      return fail(400, {
        problem: null,
        errors: formErrors(event.locals.language, input.error),
        typed: typed(form),
      });
    const { found } = await callApi(event, (api) => api.fieldSessions.find.query(input.data));
    return { problem: null, errors: {}, typed: {} as Record<string, string>, found };
  },

  takeOff: async (event) => {
    const fieldPlaceId = textOf(await event.request.formData(), 'fieldPlaceId');
    const answer = await callApi(event, (api) => api.fieldSessions.takeOff.mutate({ fieldPlaceId }));
    return answer.ok ? done(event, 'takenOff') : refused(event, answer.refusal);
  },

  notMet: async (event) => {
    const fieldPlaceId = textOf(await event.request.formData(), 'fieldPlaceId');
    const answer = await callApi(event, (api) => api.fieldSessions.notMet.mutate({ fieldPlaceId }));
    return answer.ok ? done(event, 'notMet') : refused(event, answer.refusal);
  },

  movePerson: async (event) => {
    const form = await event.request.formData();
    const answer = await callApi(event, (api) =>
      api.fieldSessions.movePerson.mutate({
        fieldPlaceId: textOf(form, 'fieldPlaceId'),
        sessionId: textOf(form, 'sessionId'),
      }),
    );
    return answer.ok ? done(event, 'personMoved') : refused(event, answer.refusal);
  },

  open: async (event) => {
    const fieldPlaceId = textOf(await event.request.formData(), 'fieldPlaceId');
    const answer = await callApi(event, (api) => api.inPerson.open.mutate({ fieldPlaceId }));
    if (!answer.ok) return refused(event, answer.refusal);
    redirect(303, `/${event.locals.language}/applications/${answer.applicationId}`);
  },
};
