import { apiFailure } from '@mse/api-client';
import { json } from '@sveltejs/kit';
import { readBoard } from '#lib/server/board-cookie.ts';
import type { RequestHandler } from './$types';

/** The picture once more, before a board opens its line again: 401 says that its token is no good any more. */
export const GET: RequestHandler = async ({ cookies, locals }) => {
  const token = readBoard(cookies);
  if (token === null) return new Response(null, { status: 401 });
  try {
    const view = await locals.api.boards.view.query({ token });
    return view ? json(view) : new Response(null, { status: 401 });
  } catch (thrown) {
    return new Response(null, { status: apiFailure(thrown).kind === 'too-many' ? 429 : 503 });
  }
};
