import { callApi } from '#lib/server/api.ts';
import type { PageServerLoad } from './$types';

/** X05: the signed decision, and the sheet once all have decided (PX-32). */
export const load: PageServerLoad = async (event) => {
  const assignmentId = event.params.id;
  const [decision, { sheet }] = await Promise.all([
    callApi(event, (api) => api.expertDesk.decision.query({ assignmentId })),
    callApi(event, (api) => api.expertDesk.sheet.query({ assignmentId })),
  ]);
  return { decision, sheet };
};
