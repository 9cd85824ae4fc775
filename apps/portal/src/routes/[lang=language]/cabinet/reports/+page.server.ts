import { ask } from '#lib/server/ask.ts';
import type { PageServerLoad } from './$types';

/** C31: own reports and what the contact centre has answered. */
export const load: PageServerLoad = (event) => ask(event, event.locals.api.faultReports.mine.query());
