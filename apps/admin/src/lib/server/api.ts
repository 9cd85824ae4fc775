import { apiFailure, type ApiClient, type ApiFailure } from '@mse/api-client';
import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { forgetSession } from './session-cookie.ts';

/** Where a person without a session goes, and comes back from. Addresses hold no personal data, so they may travel. */
function signInAddress(event: RequestEvent): string {
  const back = event.request.method === 'GET' ? event.url.pathname + event.url.search : event.url.pathname;
  const ended = event.locals.token ? 'reason=expired&' : '';
  return `/${event.locals.language}/sign-in?${ended}next=${encodeURIComponent(back)}`;
}

/**
 * Calls the API for a page. What went wrong becomes what a person can use: no session leads to the sign-in page and
 * back, "not yours" and "not there" are one page (404), an API that does not answer is 503, a bug is 500 with its id.
 */
export async function callApi<Answer>(
  event: RequestEvent,
  call: (api: ApiClient) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await call(event.locals.api);
  } catch (thrown) {
    return refuse(event, apiFailure(thrown));
  }
}

function refuse(event: RequestEvent, failure: ApiFailure): never {
  switch (failure.kind) {
    case 'sign-in':
      forgetSession(event.cookies);
      return redirect(303, signInAddress(event));
    case 'step-up':
    case 'not-found':
      return error(404, 'not found');
    case 'invalid':
      return error(400, 'bad request');
    case 'too-many':
      return error(429, 'too many requests');
    case 'broken':
      return failure.requestId === null ? error(503, 'api unreachable') : error(500, 'api failed');
  }
}
