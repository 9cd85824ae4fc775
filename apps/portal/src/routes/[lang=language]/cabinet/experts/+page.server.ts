import { AskExclusionInput, StartApplicationInput } from '@mse/contracts/expert-application';
import { fail, redirect } from '@sveltejs/kit';
import { NO_FIELD_ERRORS } from '#lib/field-errors.ts';
import { ask } from '#lib/server/ask.ts';
import { readForm } from '#lib/server/forms.ts';
import type { Actions, PageServerLoad } from './$types';

/** C38: the cabinet of independent experts. */
export const load: PageServerLoad = async (event) => ({
  cabinet: await ask(event, event.locals.api.expertApplication.mine.query()),
  left: event.url.searchParams.get('said') === 'leave',
});

export const actions: Actions = {
  start: async (event) => {
    const read = readForm(StartApplicationInput, await event.request.formData());
    if (!read.ok) return fail(400, { refusal: 'not-found' as const, errors: NO_FIELD_ERRORS });
    const answer = await ask(event, event.locals.api.expertApplication.start.mutate(read.data));
    if (!answer.ok) return fail(409, { refusal: answer.refusal, errors: NO_FIELD_ERRORS });
    redirect(303, `/${event.locals.language}/cabinet/experts/${answer.id}`);
  },

  leave: async (event) => {
    const read = readForm(AskExclusionInput, await event.request.formData());
    if (!read.ok) return fail(400, { refusal: null, errors: read.errors });
    const answer = await ask(event, event.locals.api.expertApplication.askExclusion.mutate(read.data));
    if (!answer.ok) return fail(409, { refusal: answer.refusal, errors: NO_FIELD_ERRORS });
    redirect(303, `/${event.locals.language}/cabinet/experts?said=leave`);
  },
};
