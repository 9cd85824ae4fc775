import { EndSessionInput } from '@mse/contracts/identity';
import { error, redirect } from '@sveltejs/kit';
import { ask } from '#lib/server/ask.ts';
import { dropSession } from '#lib/server/cookies.ts';
import type { Actions, PageServerLoad } from './$types';

/** C30. */
export const load: PageServerLoad = async (event) => ({
  sessions: await ask(event, event.locals.api.identity.listSessions.query()),
});

export const actions: Actions = {
  end: async (event) => {
    const read = EndSessionInput.safeParse({ id: (await event.request.formData()).get('id') });
    if (!read.success) error(404, 'not-found');
    await ask(event, event.locals.api.identity.endSession.mutate(read.data));
    return { ended: true };
  },

  endAll: async (event) => {
    await ask(event, event.locals.api.identity.endAllSessions.mutate());
    dropSession(event.cookies);
    redirect(303, `/${event.locals.language}/sign-in?out=1`);
  },
};
