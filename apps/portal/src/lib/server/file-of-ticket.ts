import { API_URL } from '$app/env/private';
import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { signInAddress } from './ask.ts';

const PATIENCE_MS = 20_000;

/** Passes a file of a ticket on from the API, in the person's name. `kind` is the ending the API knows. */
export function fileOfTicket(event: RequestEvent, code: string, kind: 'pdf' | 'ics'): Promise<Response> {
  return fileFromApi(event, `/files/ticket/${code}.${kind}?lang=${event.locals.language}`);
}

/**
 * Passes a file on from the API, in the person's name. The answer is wrapped anew: headers of a fetched answer cannot be changed,
 * and ours must be added. When the file needs a signature first, the person is asked for one and comes back.
 */
export async function fileFromApi(event: RequestEvent, path: string): Promise<Response> {
  const { language, requestId, token } = event.locals;
  if (!token) redirect(303, signInAddress(event));
  const answer = await fetch(`${API_URL}${path}`, {
    headers: {
      authorization: `Bearer ${token}`,
      'x-request-id': requestId,
      'x-saraptama': '1',
      'accept-language': language,
    },
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).catch(() => error(503, 'unavailable'));
  if (answer.status === 401) redirect(303, signInAddress(event));
  if (answer.status === 403)
    redirect(303, `/${language}/sign-in/step-up?next=${encodeURIComponent(event.url.pathname)}`);
  if (answer.status === 404) error(404, 'not-found');
  if (answer.status === 429) error(429, 'too-many');
  if (!answer.ok || !answer.body) error(500, 'broken', { incident: requestId });
  const headers = new Headers({ 'cache-control': 'no-store' });
  for (const name of ['content-type', 'content-disposition', 'content-length']) {
    const value = answer.headers.get(name);
    if (value) headers.set(name, value);
  }
  return new Response(answer.body, { headers });
}
