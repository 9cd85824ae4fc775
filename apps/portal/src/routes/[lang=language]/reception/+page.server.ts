import { ask } from '#lib/server/ask.ts';
import type { PageServerLoad } from './$types';

/** GV-04: where booking is open, and how people are received elsewhere. */
export const load: PageServerLoad = async (event) => ({
  reception: await ask(event, event.locals.api.pilots.reception.query()),
});
