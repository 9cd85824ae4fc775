import { MarkNoticesSeenInput, WorkListInput } from '@mse/contracts/expert-desk';
import { error, redirect } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { saidBefore } from '#lib/server/said.ts';
import type { Actions, PageServerLoad } from './$types';

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

export const actions: Actions = {
  /** The notices that were on the page are not shown again. */
  seen: async (event) => {
    const input = MarkNoticesSeenInput.safeParse({ until: (await event.request.formData()).get('until') });
    if (!input.success) error(400);
    await callApi(event, (api) => api.expertDesk.markNoticesSeen.mutate(input.data));
    redirect(303, `/${event.locals.language}/cases`);
  },
};
