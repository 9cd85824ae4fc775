import { ask } from '#lib/server/ask.ts';
import type { PageServerLoad } from './$types';

/** C35: what a stranger with the QR may learn. An unknown code reads as a void ticket. */
export const load: PageServerLoad = async (event) => ({
  check: await ask(event, event.locals.api.queue.checkTicket.query({ code: event.params.code })),
});
