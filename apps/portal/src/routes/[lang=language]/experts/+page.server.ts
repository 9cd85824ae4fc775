import { ask } from '#lib/server/ask.ts';
import type { PageServerLoad } from './$types';

/** RG-01: announcements of the intake of applications, for everybody. */
export const load: PageServerLoad = async (event) => ({
  list: await ask(event, event.locals.api.expertApplication.announcements.query()),
});
