import { translator } from '@mse/i18n';
import { redirect } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { heard, say } from '#lib/server/flash.ts';
import type { Actions, PageServerLoad } from './$types';

/** One closure, and taking it back. */
export const load: PageServerLoad = async (event) => {
  const said = heard(event.cookies);
  return {
    closure: await callApi(event, (api) => api.closures.closure.query({ id: event.params.id })),
    said: said ? { tone: said.tone, text: translator(event.locals.language)(said.key, said.params) } : null,
  };
};

export const actions: Actions = {
  takeBack: async (event) => {
    const answer = await callApi(event, (api) => api.closures.takeBack.mutate({ id: event.params.id }));
    say(
      event.cookies,
      answer.ok
        ? { tone: 'done', key: 'closures:done.takenBack', params: { places: answer.openedPlaces } }
        : { tone: 'problem', key: `closures:takeBackRefusal.${answer.refusal}`, params: {} },
    );
    return redirect(303, event.url.pathname);
  },
};
