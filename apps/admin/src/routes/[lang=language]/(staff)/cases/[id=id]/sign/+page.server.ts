import { SignDecisionInput } from '@mse/contracts/expert-desk';
import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { SigningInput } from '@mse/contracts/signing';
import { callApi } from '#lib/server/api.ts';
import { say } from '#lib/server/flash.ts';
import { signingErrors, signingPage, startPhone } from '#lib/server/signing.ts';
import type { Actions, PageServerLoad } from './$types';

const casePath = (event: RequestEvent) => `/${event.locals.language}/cases/${event.params.id}`;

function signingIdOf(event: RequestEvent): string {
  const input = SigningInput.safeParse({ signingId: event.url.searchParams.get('signing') ?? '' });
  if (!input.success) error(404, 'not found');
  return input.data.signingId;
}

/** X05: the exact text of the decision, its hash, and the ways to sign it. */
export const load: PageServerLoad = async (event) => {
  const assignmentId = event.params.id;
  const found = await callApi(event, (api) => api.expertDesk.case.query({ assignmentId }));
  if (found.state === 'signed') redirect(303, `${casePath(event)}/signed`);
  const signing = await signingPage(event, signingIdOf(event));
  return { signing, assignmentId, caseCode: found.caseCode };
};

export const actions: Actions = {
  finish: async (event) => {
    const form = await event.request.formData();
    const input = SignDecisionInput.safeParse({
      assignmentId: event.params.id,
      signingId: form.get('signingId'),
      cms: form.get('cms') ?? '',
    });
    const { language } = event.locals;
    if (!input.success) return fail(400, { errors: signingErrors(language, 'malformed') });
    const answer = await callApi(event, (api) => api.expertDesk.sign.mutate(input.data));
    if (answer.ok) redirect(303, `${casePath(event)}/signed`);
    if (answer.refusal === 'not-open') {
      say(event.cookies, { tone: 'problem', key: 'expert-desk:sign.not-open', params: {} });
      redirect(303, `/${event.locals.language}/cases`);
    }
    return fail(409, { errors: signingErrors(language, answer.refusal) });
  },
  renew: async (event) => {
    const assignmentId = event.params.id;
    const started = await callApi(event, (api) => api.expertDesk.startSigning.mutate({ assignmentId }));
    redirect(
      303,
      started.ok ? `${casePath(event)}/sign?signing=${started.signingId}` : `${casePath(event)}/decision`,
    );
  },
  phone: async (event) => {
    const signingId = signingIdOf(event);
    const refusal = await startPhone(event, signingId);
    if (refusal) return fail(409, { errors: signingErrors(event.locals.language, refusal) });
    redirect(303, `${casePath(event)}/sign?signing=${signingId}#sign-by-phone`);
  },
};
