import { MarkCalledInput } from '@mse/contracts/mass-move';
import { translator } from '@mse/i18n';
import { error, redirect } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { heard, say } from '#lib/server/flash.ts';
import type { Actions, PageServerLoad } from './$types';

/** K08: progress of a mass move, its call list and what did not succeed. */
export const load: PageServerLoad = async (event) => {
  const said = heard(event.cookies);
  return {
    move: await callApi(event, (api) => api.massMove.progress.query({ id: event.params.id })),
    said: said ? { tone: said.tone, text: translator(event.locals.language)(said.key, said.params) } : null,
  };
};

export const actions: Actions = {
  resume: async (event) => {
    const answer = await callApi(event, (api) => api.massMove.resume.mutate({ id: event.params.id }));
    say(
      event.cookies,
      answer.ok
        ? { tone: 'done', key: 'mass-move:resumed', params: {} }
        : { tone: 'problem', key: 'mass-move:nothingToDo', params: {} },
    );
    return redirect(303, event.url.pathname);
  },

  called: async (event) => {
    const input = MarkCalledInput.safeParse({
      itemId: String((await event.request.formData()).get('itemId') ?? ''),
    });
    if (!input.success) error(400, 'bad request');
    const answer = await callApi(event, (api) => api.massMove.markCalled.mutate(input.data));
    say(
      event.cookies,
      answer.ok
        ? { tone: 'done', key: 'mass-move:calls.marked', params: {} }
        : { tone: 'problem', key: 'mass-move:calls.notToCall', params: {} },
    );
    return redirect(303, `${event.url.pathname}#calls`);
  },
};
