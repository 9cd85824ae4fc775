import { ask } from '#lib/server/ask.ts';
import type { PageServerLoad } from './$types';

/** C10: the three checks of EQ-08, said in words. */
export const load: PageServerLoad = async (event) => ({
  eligibility: await ask(event, event.locals.api.queue.eligibility.query({ formId: event.params.formId })),
});
