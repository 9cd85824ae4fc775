import { callApi } from '#lib/server/api.ts';
import type { PageServerLoad } from './$types';

/** R06: exclusions that wait for a second person, and those of the last year. */
export const load: PageServerLoad = async (event) => ({
  list: await callApi(event, (api) => api.expertRegister.exclusions.query()),
});
