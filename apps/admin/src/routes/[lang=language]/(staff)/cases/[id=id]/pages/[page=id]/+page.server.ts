import { redirect } from '@sveltejs/kit';
import { zoomOf } from '#lib/expert-desk/zoom.ts';
import { callApi } from '#lib/server/api.ts';
import { reportIdentity } from '#lib/server/report-identity.ts';
import type { Actions, PageServerLoad } from './$types';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** X03: one page of the papers. Size and colours stand in the address, so that they work without a script and stay while pages are turned. */
export const load: PageServerLoad = async (event) => {
  const { id: assignmentId, page: pageId } = event.params;
  const { searchParams } = event.url;
  const view = { zoom: zoomOf(searchParams.get('zoom')), inverted: searchParams.get('invert') === '1' };
  const jump = searchParams.get('jump');
  if (jump && ID.test(jump) && jump !== pageId)
    redirect(
      303,
      `/${event.locals.language}/cases/${assignmentId}/pages/${jump}?zoom=${view.zoom}${view.inverted ? '&invert=1' : ''}`,
    );
  const shown = await callApi(event, (api) => api.expertDesk.page.query({ assignmentId, pageId }));
  return { shown, view, assignmentId };
};

export const actions: Actions = {
  report: (event) => reportIdentity(event, event.params.id),
};
