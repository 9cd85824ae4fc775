import { API_URL } from '$app/env/private';
import { readBoard } from '#lib/server/board-cookie.ts';
import type { RequestHandler } from './$types';

/** The living line of a board: passes the API's events on to the screen, whose cookie the API never sees. */
export const GET: RequestHandler = async ({ cookies, locals, request }) => {
  const token = readBoard(cookies);
  if (token === null) return new Response(null, { status: 401 });
  const gone = new AbortController();
  request.signal.addEventListener('abort', () => gone.abort(), { once: true });
  let upstream: Response;
  try {
    upstream = await fetch(`${API_URL}/events/board`, {
      headers: {
        accept: 'text/event-stream',
        authorization: `Bearer ${token}`,
        'x-request-id': locals.requestId,
      },
      signal: gone.signal,
    });
  } catch {
    return new Response(null, { status: 503 });
  }
  if (!upstream.ok || !upstream.body) {
    gone.abort();
    return new Response(null, { status: upstream.status === 401 ? 401 : 503 });
  }
  return new Response(upstream.body, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store, no-transform' },
  });
};
