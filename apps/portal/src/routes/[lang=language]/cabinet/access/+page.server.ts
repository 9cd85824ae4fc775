import { AccessLogInput } from '@mse/contracts/profile';
import { error } from '@sveltejs/kit';
import { ask } from '#lib/server/ask.ts';
import type { PageServerLoad } from './$types';

/** C28. `before` is the line the page before ended with. */
export const load: PageServerLoad = async (event) => {
  const before = event.url.searchParams.get('before');
  const input = AccessLogInput.safeParse(before ? { before: Number(before) } : {});
  if (!input.success) error(404, 'not-found');
  const log = await ask(event, event.locals.api.profile.accessLog.query(input.data));
  return { ...log, paged: before !== null };
};
