import { PlanSessionInput } from '@mse/contracts/field-sessions';
import { translator } from '@mse/i18n';
import { fail, redirect } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { say } from '#lib/server/flash.ts';
import { formErrors, typed } from '#lib/server/form-errors.ts';
import { saidBefore } from '#lib/server/said.ts';
import type { Actions, PageServerLoad } from './$types';

/** FF-03: field sessions of the department, and planning one. */
export const load: PageServerLoad = async (event) => ({
  sessions: await callApi(event, (api) => api.fieldSessions.list.query()),
  said: saidBefore(event),
});

/** The field a refusal belongs to. */
const FIELD_OF: Record<string, string> = {
  'day-passed': 'day',
  'not-a-working-day': 'day',
  'institution-missing': 'institution',
  'address-missing': 'address',
  'unknown-member': 'members',
};

export const actions: Actions = {
  plan: async (event) => {
    const { language } = event.locals;
    const form = await event.request.formData();
    const members = form.getAll('members').map(String);
    const input = PlanSessionInput.safeParse({ ...typed(form), members });
    if (!input.success)
      return fail(400, { typed: typed(form), members, errors: formErrors(language, input.error) });
    const answer = await callApi(event, (api) => api.fieldSessions.plan.mutate(input.data));
    if (!answer.ok)
      return fail(409, {
        typed: typed(form),
        members,
        errors: {
          [FIELD_OF[answer.refusal] ?? 'day']: translator(language)(
            `field-sessions:refusal.${answer.refusal}`,
          ),
        },
      });
    say(event.cookies, { tone: 'done', key: 'field-sessions:done.planned', params: {} });
    redirect(303, `/${language}/field-sessions/${answer.sessionId}`);
  },
};
