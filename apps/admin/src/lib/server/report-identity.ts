import { ReportIdentityInput } from '@mse/contracts/expert-desk';
import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { callApi } from './api.ts';
import { say } from './flash.ts';

/** X03: the button "I can see who this is": hides the page or section it came from and leads back to the case, which no longer has it. */
export async function reportIdentity(event: RequestEvent, assignmentId: string): Promise<never> {
  const form = await event.request.formData();
  const [pageId, section] = [form.get('pageId'), form.get('section')];
  const input = ReportIdentityInput.safeParse({ assignmentId, seen: pageId ? { pageId } : { section } });
  if (!input.success) error(400, 'bad request');
  await callApi(event, (api) => api.expertDesk.reportIdentity.mutate(input.data));
  say(event.cookies, { tone: 'done', key: 'expert-desk:identity.done', params: {} });
  redirect(303, `/${event.locals.language}/cases/${assignmentId}`);
}
