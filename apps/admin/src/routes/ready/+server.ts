import { API_URL } from '$app/env/private';
import type { RequestHandler } from './$types';

const PATIENCE_MS = 2000;

/** The staff app can serve people: the API answers. 503 while it does not. */
export const GET: RequestHandler = async ({ fetch }) => {
  const api = await fetch(`${API_URL}/health`, { signal: AbortSignal.timeout(PATIENCE_MS) }).then(
    (answer) => answer.ok,
    () => false,
  );
  return Response.json({ status: api ? 'ok' : 'waiting', api }, { status: api ? 200 : 503 });
};
