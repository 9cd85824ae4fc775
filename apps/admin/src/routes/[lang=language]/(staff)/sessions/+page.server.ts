import { EndSessionInput } from '@mse/contracts/identity';
import { redirect } from '@sveltejs/kit';
import { translator } from '@mse/i18n';
import { callApi } from '#lib/server/api.ts';
import { heard, say } from '#lib/server/flash.ts';
import { forgetSession } from '#lib/server/session-cookie.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const said = heard(event.cookies);
  return {
    sessions: await callApi(event, (api) => api.identity.listSessions.query()),
    said: said ? translator(event.locals.language)(said.key, said.params) : null,
  };
};

export const actions: Actions = {
  end: async (event) => {
    const input = EndSessionInput.safeParse({ id: String((await event.request.formData()).get('id') ?? '') });
    if (input.success) {
      await callApi(event, (api) => api.identity.endSession.mutate(input.data));
      say(event.cookies, { tone: 'done', key: 'staff:session.ended', params: {} });
    }
    return redirect(303, event.url.pathname);
  },

  endAll: async (event) => {
    await callApi(event, (api) => api.identity.endAllSessions.mutate());
    forgetSession(event.cookies);
    return redirect(303, `/${event.locals.language}/sign-in?reason=signed-out`);
  },
};
