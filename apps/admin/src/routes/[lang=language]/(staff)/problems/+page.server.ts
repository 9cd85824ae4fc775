import { RegisterProblemInput, TakeUpProposalInput } from '@mse/contracts/problems';
import { translator } from '@mse/i18n';
import { fail, redirect } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { say } from '#lib/server/flash.ts';
import { formErrors, typed } from '#lib/server/form-errors.ts';
import { saidBefore } from '#lib/server/said.ts';
import type { Actions, PageServerLoad } from './$types';

/** EQ-17: the register of problems, with what the figures of today point at. */
export const load: PageServerLoad = async (event) => ({
  said: saidBefore(event),
  register: await callApi(event, (api) => api.problems.list.query()),
});

export const actions: Actions = {
  register: async (event) => {
    const said = typed(await event.request.formData());
    const input = RegisterProblemInput.safeParse({
      detectedOn: said.detectedOn,
      department: said.department || undefined,
      text: said.text,
    });
    if (!input.success)
      return fail(400, { typed: said, errors: formErrors(event.locals.language, input.error) });
    const answer = await callApi(event, (api) => api.problems.register.mutate(input.data));
    if (!answer.ok) {
      const field = answer.refusal === 'unknown-department' ? 'department' : 'detectedOn';
      const words = translator(event.locals.language)(`problems:refusal.${answer.refusal}`);
      return fail(409, { typed: said, errors: { [field]: words } });
    }
    say(event.cookies, { tone: 'done', key: 'problems:taken-up', params: { number: answer.number } });
    redirect(303, event.url.pathname);
  },

  takeUp: async (event) => {
    const { kind, department } = typed(await event.request.formData());
    const input = TakeUpProposalInput.safeParse({ kind, department });
    const answer = input.success
      ? await callApi(event, (api) => api.problems.takeUp.mutate(input.data))
      : ({ ok: false, refusal: 'not-proposed' } as const);
    say(
      event.cookies,
      answer.ok
        ? { tone: 'done', key: 'problems:taken-up', params: { number: answer.number } }
        : { tone: 'problem', key: 'problems:not-proposed', params: {} },
    );
    redirect(303, event.url.pathname);
  },
};
