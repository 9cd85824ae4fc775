import { callApi } from '#lib/server/api.ts';
import type { PageServerLoad } from './$types';

/** P01: how the parts of the system are doing. */
export const load: PageServerLoad = async (event) => ({
  health: await callApi(event, (api) => api.operations.health.query()),
});
