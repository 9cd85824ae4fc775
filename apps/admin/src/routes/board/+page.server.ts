import { apiFailure } from '@mse/api-client';
import { BoardToken } from '@mse/contracts/boards';
import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { forgetBoard, keepBoard, readBoard } from '#lib/server/board-cookie.ts';
import { boardWords } from '#lib/server/board-words.ts';
import type { Actions, PageServerLoad } from './$types';

// A board lives: server-sent events, sound, a clock. Without a script the page reloads itself.
export const csr = true;

/** What a token shows: the picture, null when it opens nothing, or `silent` when the service does not answer. */
async function look({ locals }: RequestEvent, token: string) {
  try {
    return await locals.api.boards.view.query({ token });
  } catch (thrown) {
    if (apiFailure(thrown).kind === 'invalid') return null;
    return 'silent' as const;
  }
}

/** B01. A silent service never takes a board's picture away: the token stays, and the page tries again by itself. */
export const load: PageServerLoad = async (event) => {
  const token = readBoard(event.cookies);
  const words = boardWords(event.locals.language);
  if (token === null) return { words, board: false, view: null };
  const view = await look(event, token);
  if (view === null) {
    forgetBoard(event.cookies);
    return { words, board: false, view: null };
  }
  return { words, board: true, view: view === 'silent' ? null : view };
};

export const actions: Actions = {
  /** Takes the token from the link's fragment, which no server ever sees, or as typed; from then on a cookie holds it. */
  open: async (event) => {
    const typed = String((await event.request.formData()).get('token') ?? '').trim();
    // Somebody may type the whole link.
    const token = BoardToken.safeParse(typed.split('#').at(-1));
    if (!token.success) return fail(400, { problem: 'wrong' as const });
    const view = await look(event, token.data);
    if (view === null) return fail(404, { problem: 'wrong' as const });
    // Nobody stands beside a screen: while the service is silent the token is kept unproved, and the page tries again by itself.
    keepBoard(event.cookies, token.data);
    redirect(303, '/board');
  },
};
