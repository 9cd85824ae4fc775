import { API_URL } from '$app/env/private';
import { error, redirect, type RequestEvent } from '@sveltejs/kit';

const PATIENCE_MS = 60_000;

/** Passes a file on from the API, in the caller's name. What is not theirs and what is not there are one answer. */
export async function apiFile(event: RequestEvent, path: string): Promise<Response> {
  const { language, token } = event.locals;
  const answer = await event
    .fetch(`${API_URL}${path}`, {
      headers: { 'x-saraptama': '1', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    .catch(() => error(503, 'api unreachable'));
  if (answer.status === 401)
    redirect(303, `/${language}/sign-in?next=${encodeURIComponent(event.url.pathname + event.url.search)}`);
  if (answer.status === 404) error(404, 'not found');
  if (!answer.ok || !answer.body) error(500, 'api failed');
  const headers = new Headers({ 'cache-control': 'no-store' });
  for (const name of ['content-type', 'content-disposition']) {
    const value = answer.headers.get(name);
    if (value) headers.set(name, value);
  }
  return new Response(answer.body, { headers });
}
