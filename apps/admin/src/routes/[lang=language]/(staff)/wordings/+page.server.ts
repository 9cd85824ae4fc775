import { callApi } from '#lib/server/api.ts';
import type { PageServerLoad } from './$types';

/** P07: what counts today for every message in every language. */
export const load: PageServerLoad = async (event) => ({
  list: await callApi(event, (api) => api.wordings.list.query()),
});
