import { ask } from '#lib/server/ask.ts';
import type { PageServerLoad } from './$types';

/** RG-01, RG-02: one announcement with everything the law wants in it. */
export const load: PageServerLoad = async (event) =>
  ask(event, event.locals.api.expertApplication.announcement.query({ id: event.params.id }));
