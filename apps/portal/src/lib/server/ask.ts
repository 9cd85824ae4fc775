import { type ApiFailure, apiFailure } from '@mse/api-client';
import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { dropSession } from './cookies.ts';
import { typedBefore } from './kept-answers.ts';

/** Where a person goes to sign in, and comes back from. Addresses hold no personal data, so they may travel. */
export function signInAddress(event: RequestEvent): string {
  const back =
    event.request.method === 'GET' ? `${event.url.pathname}${event.url.search}` : event.url.pathname;
  const address = `/${event.locals.language}/sign-in?next=${encodeURIComponent(back)}`;
  return event.locals.token ? `${address}&ended=1` : address;
}

/** Turns the failure of a call into the page a person sees. "Not yours" and "does not exist" are one page. */
function refusePage(event: RequestEvent, failure: ApiFailure, typed: Record<string, string>): never {
  switch (failure.kind) {
    case 'sign-in': {
      const address = signInAddress(event);
      dropSession(event.cookies);
      return redirect(303, address);
    }
    case 'step-up': {
      const { pathname } = event.url;
      if (Object.keys(typed).length > 0) typedBefore.keep(event.cookies, { path: pathname, fields: typed });
      return redirect(303, `/${event.locals.language}/sign-in/step-up?next=${encodeURIComponent(pathname)}`);
    }
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

/**
 * Waits for a call of the API; whatever goes wrong becomes a page in plain words. When the call needs a signature first,
 * `typed` waits in a sealed cookie until the person is back (T13).
 */
export async function ask<Answer>(
  event: RequestEvent,
  call: Promise<Answer>,
  typed: Record<string, string> = {},
): Promise<Answer> {
  try {
    return await call;
  } catch (thrown) {
    refusePage(event, apiFailure(thrown), typed);
  }
}

/** What the person typed on this page before it asked for a signature; told once. */
export function takeTyped(event: RequestEvent): Record<string, string> {
  const kept = typedBefore.read(event.cookies);
  if (kept?.path !== event.url.pathname) return {};
  typedBefore.drop(event.cookies);
  return kept.fields;
}
