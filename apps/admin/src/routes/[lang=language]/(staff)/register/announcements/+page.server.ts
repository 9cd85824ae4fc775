import { callApi } from '#lib/server/api.ts';
import { saidBefore } from '#lib/server/dated-rows.ts';
import type { PageServerLoad } from './$types';

/** R10: announcements. */
export const load: PageServerLoad = async (event) => ({
  said: saidBefore(event),
  list: await callApi(event, (api) => api.expertRegister.announcements.query()),
});
