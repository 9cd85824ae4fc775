import { callApi } from '#lib/server/api.ts';
import { saidBefore } from '#lib/server/said.ts';
import type { PageServerLoad } from './$types';

/** PX-04: texts and pages that wait for a person before experts may see them. */
export const load: PageServerLoad = async (event) => ({
  said: saidBefore(event),
  held: await callApi(event, (api) => api.dossiers.held.query()),
});
