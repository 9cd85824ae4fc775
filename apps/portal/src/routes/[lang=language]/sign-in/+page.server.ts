import { SERVICE_MODE } from '$app/env/private';
import { redirect } from '@sveltejs/kit';
import { ask } from '#lib/server/ask.ts';
import { backAddress } from '#lib/server/back-address.ts';
import { lastWay } from '#lib/server/cookies.ts';
import type { PageServerLoad } from './$types';

/** C03. A person who is already signed in goes on at once. */
export const load: PageServerLoad = async (event) => {
  const next = event.url.searchParams.get('next');
  if (await event.locals.me()) redirect(303, backAddress(next, event.locals.language));
  const people =
    SERVICE_MODE === 'demo' ? await ask(event, event.locals.api.identity.demoPeople.query()) : [];
  return {
    next: next ? backAddress(next, event.locals.language) : null,
    ended: event.url.searchParams.has('ended'),
    out: event.url.searchParams.has('out'),
    lastWay: lastWay(event.cookies),
    people: people.filter((person) => person.role === 'citizen' && person.phone !== null),
  };
};
