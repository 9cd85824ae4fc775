import { callApi } from '#lib/server/api.ts';
import { reportIdentity } from '#lib/server/report-identity.ts';
import { saidBefore } from '#lib/server/said.ts';
import type { Actions, PageServerLoad } from './$types';

/** X02: a case: form and checklist beside one page of its papers. */
export const load: PageServerLoad = async (event) => {
  const assignmentId = event.params.id;
  const found = await callApi(event, (api) => api.expertDesk.case.query({ assignmentId }));
  const asked = event.url.searchParams.get('page');
  const shown = found.pages.find((page) => page.pageId === asked) ?? found.pages[0] ?? null;
  return { said: saidBefore(event), found, shown };
};

export const actions: Actions = {
  report: (event) => reportIdentity(event, event.params.id),
};
