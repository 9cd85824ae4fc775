import { ExecutionsInput, RecordExecutionInput } from '@mse/contracts/results';
import { fail, redirect } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { say } from '#lib/server/flash.ts';
import { formErrors, typed } from '#lib/server/form-errors.ts';
import { saidBefore } from '#lib/server/said.ts';
import { freshId } from '#lib/chance.ts';
import type { Actions, PageServerLoad } from './$types';

/** PX-56: how far the programme of an act is carried out. */
export const load: PageServerLoad = async (event) => {
  const actNo = event.url.searchParams.get('act');
  const asked = actNo === null ? null : ExecutionsInput.safeParse({ actNo });
  return {
    said: saidBefore(event),
    actNo: actNo ?? '',
    requestKey: freshId(),
    asked: asked !== null,
    problem: asked && !asked.success ? (formErrors(event.locals.language, asked.error).actNo ?? null) : null,
    programme: asked?.success
      ? (await callApi(event, (api) => api.results.executions.query(asked.data))).programme
      : null,
  };
};

export const actions: Actions = {
  default: async (event) => {
    const { language } = event.locals;
    const said = typed(await event.request.formData());
    const input = RecordExecutionInput.safeParse(said);
    if (!input.success) return fail(400, { said, errors: formErrors(language, input.error) });
    await callApi(event, (api) => api.results.recordExecution.mutate(input.data));
    say(event.cookies, { tone: 'done', key: 'results:execution.saved', params: {} });
    redirect(303, `/${language}/executions?act=${encodeURIComponent(input.data.actNo)}`);
  },
};
