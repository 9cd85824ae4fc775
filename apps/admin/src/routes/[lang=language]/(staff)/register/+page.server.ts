import { callApi } from '#lib/server/api.ts';
import type { PageServerLoad } from './$types';

/** R01: what waits in the register of experts. */
export const load: PageServerLoad = async (event) => ({
  dashboard: await callApi(event, (api) => api.expertRegister.dashboard.query()),
});
