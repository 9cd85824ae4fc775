import { ask } from '#lib/server/ask.ts';
import type { PageServerLoad } from './$types';

/** C18. */
export const load: PageServerLoad = async (event) => ({
  found: await ask(event, event.locals.api.results.case.query({ id: event.params.id })),
});
