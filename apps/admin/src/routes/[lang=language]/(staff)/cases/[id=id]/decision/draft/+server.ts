import { apiFailure } from '@mse/api-client';
import { SaveDraftInput } from '@mse/contracts/expert-desk';
import { formatTime } from '@mse/i18n/format';
import { typedDecision } from '#lib/server/decision-form.ts';
import type { RequestHandler } from './$types';

/** X04: keeps the draft while it is written. Answers the new version, or why it was not kept. */
export const POST: RequestHandler = async ({ locals, params, request }) => {
  const form = await request.formData();
  const input = SaveDraftInput.safeParse({
    assignmentId: params.id,
    version: Number(form.get('version') ?? 0),
    typed: typedDecision(form),
  });
  if (!input.success) return Response.json({ state: 'failed' }, { status: 400 });
  try {
    const saved = await locals.api.expertDesk.saveDraft.mutate(input.data);
    if (saved.ok)
      return Response.json({
        state: 'saved',
        version: saved.version,
        time: formatTime(new Date(saved.savedAt)),
      });
    return Response.json({ state: saved.refusal === 'conflict' ? 'conflict' : 'closed' });
  } catch (thrown) {
    const { kind } = apiFailure(thrown);
    const state = kind === 'sign-in' ? 'signed-out' : kind === 'not-found' ? 'closed' : 'failed';
    return Response.json({ state }, { status: kind === 'sign-in' ? 401 : 503 });
  }
};
