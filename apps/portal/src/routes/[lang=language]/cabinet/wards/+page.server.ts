import { SaveWardNeedsInput } from '@mse/contracts/profile';
import { error, redirect } from '@sveltejs/kit';
import { ask } from '#lib/server/ask.ts';
import { readForm } from '#lib/server/forms.ts';
import type { Actions, PageServerLoad } from './$types';

const SAID = ['answered', 'silent', 'saved'] as const;

/** C20. */
export const load: PageServerLoad = async (event) => {
  const wanted = event.url.searchParams.get('said');
  const list = await ask(event, event.locals.api.cabinet.wards.query());
  return { ...list, said: SAID.find((each) => each === wanted) ?? null };
};

export const actions: Actions = {
  needs: async (event) => {
    const read = readForm(SaveWardNeedsInput, await event.request.formData(), ['accessNeeds']);
    // The form has nothing that could be filled in wrongly.
    if (!read.ok) error(400, 'bad-request');
    await ask(event, event.locals.api.profile.saveWardNeeds.mutate(read.data));
    redirect(303, `/${event.locals.language}/cabinet/wards?said=saved`);
  },

  ask: async (event) => {
    const { answered } = await ask(event, event.locals.api.profile.askWardsAnew.mutate());
    redirect(303, `/${event.locals.language}/cabinet/wards?said=${answered ? 'answered' : 'silent'}`);
  },
};
