import { json } from '@sveltejs/kit';
import { turnOf } from '#lib/server/turn.ts';
import type { RequestHandler } from './$types';

/** C14: the tiny answer an open ticket asks for while its holder waits. */
export const GET: RequestHandler = async (event) => {
  const turn = await turnOf(event, event.params.code);
  return turn ? json(turn) : new Response(null, { status: 503 });
};
