import { AnswerRequestInput, EnterRequestInput } from '@mse/contracts/field-sessions';
import { hasKey, translator } from '@mse/i18n';
import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { textOf } from '#lib/server/field-errors.ts';
import { say } from '#lib/server/flash.ts';
import { formErrors, typed } from '#lib/server/form-errors.ts';
import { saidBefore } from '#lib/server/said.ts';
import type { Actions, PageServerLoad } from './$types';

/** FF-03: requests for an examination at home, in hospital or in absentia; the head answers, the department enters paper ones. */
export const load: PageServerLoad = async (event) => {
  const { requests } = await callApi(event, (api) => api.fieldSessions.requests.query());
  const me = await callApi(event, (api) => api.identity.whoAmI.query());
  return { requests, mayAnswer: me?.roles.includes('department-head') ?? false, said: saidBefore(event) };
};

const wordsOf = (event: RequestEvent, refusal: string) => {
  const { language } = event.locals;
  const own = `field-sessions:refusal.${refusal}`;
  return translator(language)(hasKey(language, own) ? own : `in-person:problem.${refusal}`);
};

function done(event: RequestEvent, key: string): never {
  say(event.cookies, { tone: 'done', key: `field-sessions:done.${key}`, params: {} });
  redirect(303, event.url.pathname);
}

/** The field a refusal of an entered request belongs to. */
const FIELD_OF: Record<string, string> = {
  'conclusion-missing': 'conclusionNumber',
  'conclusion-in-future': 'conclusionDay',
  'consent-missing': 'consented',
  'institution-missing': 'institution',
  'address-missing': 'address',
  'ground-missing': 'ground',
};

export const actions: Actions = {
  answer: async (event) => {
    const form = await event.request.formData();
    const requestId = textOf(form, 'requestId');
    const grant = textOf(form, 'grant') === 'yes';
    const input = AnswerRequestInput.safeParse({
      requestId,
      grant,
      reasons: form.getAll('reasons'),
      note: textOf(form, 'note'),
    });
    const failed = (text: string) =>
      fail(409, {
        answering: {
          requestId,
          text,
          reasons: form.getAll('reasons').map(String),
          note: textOf(form, 'note'),
        },
        errors: {},
        typed: {} as Record<string, string>,
      });
    if (!input.success) return failed(Object.values(formErrors(event.locals.language, input.error))[0] ?? '');
    const answer = await callApi(event, (api) => api.fieldSessions.answerRequest.mutate(input.data));
    return answer.ok ? done(event, grant ? 'granted' : 'refused') : failed(wordsOf(event, answer.refusal));
  },

  enter: async (event) => {
    const form = await event.request.formData();
    const fields = typed(form);
    const input = EnterRequestInput.safeParse({
      ...fields,
      ground: fields.ground ? fields.ground : null,
      conclusionDay: fields.conclusionDay ? fields.conclusionDay : null,
      consented: form.has('consented'),
    });
    if (!input.success)
      return fail(400, {
        answering: null,
        errors: formErrors(event.locals.language, input.error),
        typed: fields,
      });
    const answer = await callApi(event, (api) => api.fieldSessions.enterRequest.mutate(input.data));
    return answer.ok
      ? done(event, 'entered')
      : fail(409, {
          answering: null,
          errors: { [FIELD_OF[answer.refusal] ?? 'iin']: wordsOf(event, answer.refusal) },
          typed: fields,
        });
  },

  /** In absentia nobody travels: the application is opened from the request itself. */
  open: async (event) => {
    const fieldPlaceId = textOf(await event.request.formData(), 'fieldPlaceId');
    const answer = await callApi(event, (api) => api.inPerson.open.mutate({ fieldPlaceId }));
    if (!answer.ok)
      return fail(409, {
        answering: null,
        errors: { requests: wordsOf(event, answer.refusal) },
        typed: {} as Record<string, string>,
      });
    redirect(303, `/${event.locals.language}/applications/${answer.applicationId}`);
  },
};
