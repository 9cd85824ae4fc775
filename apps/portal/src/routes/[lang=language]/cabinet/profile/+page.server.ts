import { SaveProfileInput } from '@mse/contracts/profile';
import { fail, redirect } from '@sveltejs/kit';
import { ask } from '#lib/server/ask.ts';
import { readForm } from '#lib/server/forms.ts';
import { phoneChange } from '#lib/server/kept-answers.ts';
import type { Actions, PageServerLoad } from './$types';

const SAID = ['saved', 'changed', 'removed'] as const;

/** C27. */
export const load: PageServerLoad = async (event) => {
  const wanted = event.url.searchParams.get('said');
  return {
    profile: await ask(event, event.locals.api.profile.mine.query()),
    said: SAID.find((each) => each === wanted) ?? null,
  };
};

export const actions: Actions = {
  save: async (event) => {
    const read = readForm(SaveProfileInput, await event.request.formData(), ['accessNeeds']);
    if (!read.ok) return fail(400, { errors: read.errors, email: read.typed.email ?? '' });
    await ask(event, event.locals.api.profile.save.mutate({ ...read.data, email: read.data.email ?? '' }));
    redirect(303, `/${event.locals.language}/cabinet/profile?said=saved`);
  },

  removePhone: async (event) => {
    await ask(event, event.locals.api.profile.removePhone.mutate());
    phoneChange.drop(event.cookies);
    redirect(303, `/${event.locals.language}/cabinet/profile?said=removed`);
  },
};
