import { redirect } from '@sveltejs/kit';
import { ask } from '#lib/server/ask.ts';
import type { Actions, PageServerLoad } from './$types';

const SAID = ['answered', 'silent'] as const;

/** C20. */
export const load: PageServerLoad = async (event) => {
  const wanted = event.url.searchParams.get('said');
  const list = await ask(event, event.locals.api.cabinet.wards.query());
  return { ...list, said: SAID.find((each) => each === wanted) ?? null };
};

export const actions: Actions = {
  ask: async (event) => {
    const { answered } = await ask(event, event.locals.api.profile.askWardsAnew.mutate());
    redirect(303, `/${event.locals.language}/cabinet/wards?said=${answered ? 'answered' : 'silent'}`);
  },
};
