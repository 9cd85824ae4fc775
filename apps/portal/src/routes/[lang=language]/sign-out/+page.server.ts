import { redirect } from '@sveltejs/kit';
import { apiFailure } from '@mse/api-client';
import { dropSession } from '#lib/server/cookies.ts';
import { chosenPlace, codeRequest } from '#lib/server/kept-answers.ts';
import { log } from '#lib/server/log.ts';
import type { Actions, PageServerLoad } from './$types';

/** Signing out is an act, not a page; whoever opens the address by hand finds the start page. */
export const load: PageServerLoad = ({ locals }) => redirect(303, `/${locals.language}`);

export const actions: Actions = {
  /** The browser forgets the session even when the API is silent; it then ends by itself when idle. */
  default: async ({ locals, cookies }) => {
    if (locals.token) {
      await locals.api.identity.signOut.mutate().catch((thrown: unknown) => {
        log('warn', 'sign-out did not reach the API', {
          requestId: locals.requestId,
          kind: apiFailure(thrown).kind,
        });
      });
    }
    dropSession(cookies);
    chosenPlace.drop(cookies);
    codeRequest.drop(cookies);
    redirect(303, `/${locals.language}/sign-in?out=1`);
  },
};
