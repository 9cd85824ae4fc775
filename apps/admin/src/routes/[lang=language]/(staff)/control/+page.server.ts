import { CallForControlInput, PostalReceiptInput } from '@mse/contracts/control';
import { translator } from '@mse/i18n';
import { formatDate } from '@mse/i18n/format';
import { fail, redirect } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { heard, say } from '#lib/server/flash.ts';
import { formErrors, typed } from '#lib/server/form-errors.ts';
import type { Actions, PageServerLoad } from './$types';

/** PX-41: calls for control re-examination, of the methodology and control department. */
export const load: PageServerLoad = async (event) => {
  const said = heard(event.cookies);
  return {
    ...(await callApi(event, (api) => api.control.list.query())),
    said: said ? translator(event.locals.language)(said.key, said.params) : null,
  };
};

export const actions: Actions = {
  call: async (event) => {
    const { language } = event.locals;
    const values = typed(await event.request.formData());
    const input = CallForControlInput.safeParse({
      actNo: values.actNo ?? '',
      addressKk: values.addressKk ?? '',
      addressRu: values.addressRu ?? '',
      addressEn: values.addressEn ?? '',
    });
    if (!input.success) return fail(400, { values, errors: formErrors(language, input.error) });
    const answer = await callApi(event, (api) => api.control.callPerson.mutate(input.data));
    if (!answer.ok)
      return fail(409, {
        values,
        errors: { actNo: translator(language)(`control:problem.${answer.refusal}`) },
      });
    say(event.cookies, {
      tone: 'done',
      key: `control:done.${answer.channel}`,
      params: { due: answer.dueOn ? formatDate(answer.dueOn) : '' },
    });
    redirect(303, event.url.pathname);
  },

  received: async (event) => {
    const { language } = event.locals;
    const values = typed(await event.request.formData());
    const field = `received-${values.callId}`;
    const input = PostalReceiptInput.safeParse({
      callId: values.callId,
      receivedOn: values[field] ?? '',
    });
    if (!input.success)
      return fail(400, { values, errors: { [field]: translator(language)('errors:date') } });
    const answer = await callApi(event, (api) => api.control.received.mutate(input.data));
    if (!answer.ok)
      return fail(409, {
        values,
        errors: { [field]: translator(language)(`control:problem.${answer.refusal}`) },
      });
    say(event.cookies, {
      tone: 'done',
      key: 'control:done.received',
      params: { due: answer.dueOn ? formatDate(answer.dueOn) : '' },
    });
    redirect(303, event.url.pathname);
  },
};
