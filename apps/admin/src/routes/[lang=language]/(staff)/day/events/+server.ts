import { API_URL } from '$app/env/private';
import { patientStream } from '#lib/server/patient-fetch.ts';
import type { RequestHandler } from './$types';

/**
 * The living line of the day queue: passes the API's server-sent events on to the browser, whose cookie the API never
 * sees. An answer other than 200 ends the browser's own tries; the page then asks why and tries again by itself.
 */
export const GET: RequestHandler = async ({ locals, request }) => {
  if (!locals.token) return new Response(null, { status: 401 });
  const gone = new AbortController();
  request.signal.addEventListener('abort', () => gone.abort(), { once: true });
  let upstream: Response;
  try {
    upstream = await patientStream(
      `${API_URL}/events/desk`,
      {
        accept: 'text/event-stream',
        authorization: `Bearer ${locals.token}`,
        'x-request-id': locals.requestId,
      },
      gone,
    );
  } catch {
    return new Response(null, { status: 503 });
  }
  if (!upstream.ok || !upstream.body) {
    gone.abort();
    return new Response(null, {
      status: upstream.status === 401 || upstream.status === 404 ? upstream.status : 503,
    });
  }
  return new Response(upstream.body, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store, no-transform' },
  });
};
