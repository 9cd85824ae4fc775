import { error } from '@sveltejs/kit';
import { API_URL } from '$app/env/private';
import type { RequestHandler } from './$types';

/** PX-04: a page that waits for a person, passed on from the API as it comes; nothing keeps it. */
export const GET: RequestHandler = async ({ locals, params, fetch }) => {
  if (!locals.token) error(404, 'not found');
  const answer = await fetch(`${API_URL}/files/held/${params.id}/${params.side}`, {
    headers: { authorization: `Bearer ${locals.token}`, 'x-request-id': locals.requestId },
  });
  if (!answer.ok) error(answer.status === 401 || answer.status === 404 ? 404 : 503, 'no picture');
  return new Response(answer.body, {
    headers: {
      'content-type': answer.headers.get('content-type') ?? 'application/octet-stream',
      'content-disposition': 'inline',
      'cache-control': 'private, no-store',
    },
  });
};
