import {
  MeasureWordingInput,
  ProposeWordingInput,
  WordingInput,
  WordingStepInput,
} from '@mse/contracts/wordings';
import { translator } from '@mse/i18n';
import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { saidBefore } from '#lib/server/dated-rows.ts';
import { say } from '#lib/server/flash.ts';
import { formErrors, typed } from '#lib/server/form-errors.ts';
import type { Actions, PageServerLoad } from './$types';

/** The message and the language the address names. */
function wanted(params: { template?: string; text?: string }) {
  const input = WordingInput.safeParse({ template: params.template, language: params.text });
  if (!input.success) error(404, 'not found');
  return input.data;
}

/** P07: one message in one language, with everything that was proposed for it. */
export const load: PageServerLoad = async (event) => {
  return {
    message: await callApi(event, (api) => api.wordings.message.query(wanted(event.params))),
    useShort: event.url.searchParams.has('short'),
    said: saidBefore(event),
  };
};

/** A refusal belongs to the day or to the text. */
const fieldOf = (refusal: string) => (refusal === 'day-passed' ? 'validFrom' : 'text');

/** Back to the page, so that a reload never repeats the action. */
function again(event: RequestEvent): never {
  redirect(303, event.url.pathname);
}

async function step(event: RequestEvent, name: 'approve' | 'withdraw'): Promise<never> {
  const input = WordingStepInput.safeParse({ id: String((await event.request.formData()).get('id') ?? '') });
  const answer = input.success
    ? await callApi(event, (api) => api.wordings[name].mutate(input.data))
    : ({ ok: false, refusal: 'not-found' } as const);
  const done = name === 'approve' ? 'wordings:history.approved' : 'wordings:history.withdrawn';
  say(
    event.cookies,
    answer.ok
      ? { tone: 'done', key: done, params: {} }
      : { tone: 'problem', key: `wordings:step-refusal.${answer.refusal}`, params: {} },
  );
  return again(event);
}

export const actions: Actions = {
  /** Says how long a text would be; changes nothing. */
  measure: async (event) => {
    const said = typed(await event.request.formData());
    const input = MeasureWordingInput.safeParse({ ...wanted(event.params), text: said.text });
    if (!input.success)
      return fail(400, { typed: said, errors: formErrors(event.locals.language, input.error) });
    const measured = await callApi(event, (api) => api.wordings.measure.query(input.data));
    if (measured.ok) return { typed: said, measured: measured.sms };
    const words = translator(event.locals.language)(`wordings:refusal.${measured.refusal}`);
    return fail(409, { typed: said, errors: { [fieldOf(measured.refusal)]: words } });
  },

  propose: async (event) => {
    const said = typed(await event.request.formData());
    const input = ProposeWordingInput.safeParse({
      ...wanted(event.params),
      text: said.text,
      validFrom: said.validFrom,
    });
    if (!input.success)
      return fail(400, { typed: said, errors: formErrors(event.locals.language, input.error) });
    const answer = await callApi(event, (api) => api.wordings.propose.mutate(input.data));
    if (!answer.ok) {
      const words = translator(event.locals.language)(`wordings:refusal.${answer.refusal}`);
      return fail(409, { typed: said, errors: { [fieldOf(answer.refusal)]: words } });
    }
    say(event.cookies, { tone: 'done', key: 'wordings:propose.done', params: {} });
    return again(event);
  },

  approve: (event) => step(event, 'approve'),
  withdraw: (event) => step(event, 'withdraw'),
};
