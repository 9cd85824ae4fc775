import { type ApiFailure, apiFailure } from '@mse/api-client';
import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { dropSession } from './cookies.ts';

/** Where a person goes to sign in, and comes back from. Addresses hold no personal data, so they may travel. */
export function signInAddress(event: RequestEvent): string {
  const back =
    event.request.method === 'GET' ? `${event.url.pathname}${event.url.search}` : event.url.pathname;
  const address = `/${event.locals.language}/sign-in?next=${encodeURIComponent(back)}`;
  return event.locals.token ? `${address}&ended=1` : address;
}

/** Turns the failure of a call into the page a person sees. "Not yours" and "does not exist" are one page. */
function refusePage(event: RequestEvent, failure: ApiFailure): never {
  switch (failure.kind) {
    case 'sign-in': {
      const address = signInAddress(event);
      dropSession(event.cookies);
      return redirect(303, address);
    }
    case 'step-up':
      return redirect(
        303,
        `/${event.locals.language}/sign-in/signature?next=${encodeURIComponent(event.url.pathname)}`,
      );
    case 'not-found':
    case 'invalid':
      return error(404, 'not-found');
    case 'too-many':
      return error(429, 'too-many');
    case 'broken':
      // Without a number the API was not reached at all.
      if (failure.requestId === null) error(503, 'unavailable');
      return error(500, 'broken', { incident: failure.requestId });
  }
}

/** Waits for a call of the API; whatever goes wrong becomes a page in plain words. */
export async function ask<Answer>(event: RequestEvent, call: Promise<Answer>): Promise<Answer> {
  try {
    return await call;
  } catch (thrown) {
    refusePage(event, apiFailure(thrown));
  }
}
