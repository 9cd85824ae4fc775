import { API_URL } from '$app/env/private';
import { error, redirect, type RequestEvent } from '@sveltejs/kit';

const PATIENCE_MS = 20_000;

/** Passes a file of an application on from the API; a copy somebody uploaded is always to be saved, never shown within the page. */
export async function applicationFile(event: RequestEvent, path: string): Promise<Response> {
  const { language, token } = event.locals;
  if (!token) redirect(303, `/${language}/sign-in`);
  const answer = await fetch(`${API_URL}/files/expert-application/${path}`, {
    headers: { authorization: `Bearer ${token}`, 'x-saraptama': '1', 'accept-language': language },
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).catch(() => error(503, 'api unreachable'));
  if (answer.status === 401) redirect(303, `/${language}/sign-in`);
  if (answer.status === 404) error(404, 'not found');
  if (!answer.ok || !answer.body) error(500, 'api failed');
  const headers = new Headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
  for (const name of ['content-type', 'content-disposition', 'content-length']) {
    const value = answer.headers.get(name);
    if (value) headers.set(name, value);
  }
  return new Response(answer.body, { headers });
}
