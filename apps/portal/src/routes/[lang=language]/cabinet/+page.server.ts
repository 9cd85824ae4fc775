import { ask } from '#lib/server/ask.ts';
import type { PageServerLoad } from './$types';

/** C08. */
export const load: PageServerLoad = async (event) => {
  const [me, overview] = await Promise.all([
    event.locals.me(),
    ask(event, event.locals.api.cabinet.overview.query()),
  ]);
  return { name: me?.name ?? null, overview };
};
