import { ask } from '#lib/server/ask.ts';
import type { PageServerLoad } from './$types';

/** C19: a document as a page. Below a session by signature the person is asked for one and comes back. */
export const load: PageServerLoad = async (event) => ({
  found: await ask(event, event.locals.api.results.document.query({ documentId: event.params.id })),
});
