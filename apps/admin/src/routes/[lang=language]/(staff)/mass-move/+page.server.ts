import { callApi } from '#lib/server/api.ts';
import type { PageServerLoad } from './$types';

/** K08: mass moves of the department, newest first. */
export const load: PageServerLoad = async (event) => ({
  moves: (await callApi(event, (api) => api.massMove.list.query())).moves,
});
