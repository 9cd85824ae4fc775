import { SubscribeInput } from '@mse/contracts/wait-list';
import { fail, redirect } from '@sveltejs/kit';
import { NO_FIELD_ERRORS } from '#lib/field-errors.ts';
import { ask } from '#lib/server/ask.ts';
import { readForm } from '#lib/server/forms.ts';
import type { Actions, PageServerLoad } from './$types';

const Typed = SubscribeInput.pick({ from: true, until: true, times: true });

/** C11: no suitable time: on which days somebody waits for a freed one. */
export const load: PageServerLoad = async (event) => {
  const options = await ask(event, event.locals.api.waitList.options.query({ formId: event.params.formId }));
  if (options.waiting) redirect(303, `/${event.locals.language}/waits`);
  return { options };
};

export const actions: Actions = {
  default: async (event) => {
    const { api, language } = event.locals;
    const { formId } = event.params;
    const form = await event.request.formData();
    const read = readForm(Typed, form, ['times']);
    if (!read.ok)
      return fail(400, {
        errors: read.errors,
        refusal: null,
        from: read.typed.from,
        until: read.typed.until,
        times: form.getAll('times').map(String),
      });
    const answer = await ask(event, api.waitList.subscribe.mutate({ formId, ...read.data }));
    if (!answer.ok) {
      if (answer.refusal === 'consent-missing')
        redirect(303, `/${language}/cabinet/consent?next=${encodeURIComponent(event.url.pathname)}`);
      return fail(409, { errors: NO_FIELD_ERRORS, refusal: answer.refusal, ...read.data });
    }
    redirect(303, `/${language}/waits?said=subscribed`);
  },
};
