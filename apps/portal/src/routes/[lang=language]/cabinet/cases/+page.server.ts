import { ask } from '#lib/server/ask.ts';
import type { PageServerLoad } from './$types';

/** C18: every remote case of the person and of the wards. */
export const load: PageServerLoad = async (event) => ask(event, event.locals.api.results.cases.query());
