import { ask } from '#lib/server/ask.ts';
import type { PageServerLoad } from './$types';

/** C35: what a stranger with the QR of a document may learn. An unknown code reads as a void document. */
export const load: PageServerLoad = async (event) => ({
  check: await ask(event, event.locals.api.results.checkDocument.query({ code: event.params.code })),
});
