import { callApi } from '#lib/server/api.ts';
import type { PageServerLoad } from './$types';

/** R07: why an expert got a part, in words. */
export const load: PageServerLoad = async (event) => ({
  part: await callApi(event, (api) =>
    api.redistribution.explainPart.query({ assignmentId: event.params.id }),
  ),
});
