import { redirect } from '@sveltejs/kit';
import { signInAddress } from '#lib/server/ask.ts';
import { backAddress } from '#lib/server/back-address.ts';
import { lastWay } from '#lib/server/cookies.ts';
import { isPhone, orderOfWays } from '#lib/ways-to-sign-in.ts';
import type { PageServerLoad } from './$types';

/** T13: a person signed in by SMS chooses how to sign; afterwards they are where they were. */
export const load: PageServerLoad = async (event) => {
  const next = backAddress(event.url.searchParams.get('next'), event.locals.language);
  const me = await event.locals.me();
  if (!me) redirect(303, signInAddress(event));
  if (me.trust === 'signature') redirect(303, next);
  const ways = orderOfWays(isPhone(event.request.headers), lastWay(event.cookies));
  return { next, ways: ways.filter((way) => way !== 'sms') };
};
