import { callApi } from '#lib/server/api.ts';
import { saidBefore } from '#lib/server/said.ts';
import type { PageServerLoad } from './$types';

/** S01: reports that wait for the contact centre. */
export const load: PageServerLoad = async (event) => ({
  said: saidBefore(event),
  open: await callApi(event, (api) => api.faultReports.open.query()),
});
