import { WorkListInput } from '@mse/contracts/expert-desk';
import { callApi } from '#lib/server/api.ts';
import { saidBefore } from '#lib/server/said.ts';
import type { PageServerLoad } from './$types';

/** X01: the expert's open cases by deadline. */
export const load: PageServerLoad = async (event) => {
  const { searchParams } = event.url;
  const asked = WorkListInput.safeParse({
    after: { dueAt: searchParams.get('due') ?? '', assignmentId: searchParams.get('after') ?? '' },
  });
  return {
    said: saidBefore(event),
    continued: asked.success,
    list: await callApi(event, (api) => api.expertDesk.list.query(asked.success ? asked.data : {})),
  };
};
