import { SERVICE_MODE } from '$app/env/private';
import { type ApiClient, apiFailure } from '@mse/api-client';
import { redirect } from '@sveltejs/kit';
import { backAddress } from '#lib/server/back-address.ts';
import { lastWay } from '#lib/server/cookies.ts';
import { isPhone, orderOfWays } from '#lib/ways-to-sign-in.ts';
import type { PageServerLoad } from './$types';

/** Demo mode: whom to sign in as. The page opens without them, too, as it does when the API is silent. */
async function demoPeople(api: ApiClient) {
  try {
    return await api.identity.demoPeople.query();
  } catch (thrown) {
    apiFailure(thrown);
    return [];
  }
}

/** C03. A person who is already signed in goes on at once. */
export const load: PageServerLoad = async (event) => {
  const next = event.url.searchParams.get('next');
  if (await event.locals.me()) redirect(303, backAddress(next, event.locals.language));
  const people = SERVICE_MODE === 'demo' ? await demoPeople(event.locals.api) : [];
  return {
    next: next ? backAddress(next, event.locals.language) : null,
    ended: event.url.searchParams.has('ended'),
    out: event.url.searchParams.has('out'),
    ways: orderOfWays(isPhone(event.request.headers), lastWay(event.cookies)),
    people: people.filter((person) => person.role === 'citizen' && person.phone !== null),
  };
};
