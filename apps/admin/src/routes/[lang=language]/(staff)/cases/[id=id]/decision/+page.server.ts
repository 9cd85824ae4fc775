import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { SaveDraftInput } from '@mse/contracts/expert-desk';
import { DECISION_FIELDS, type DecisionProblem } from '@mse/domain/examination';
import { formatDateTime } from '@mse/i18n/format';
import { callApi } from '#lib/server/api.ts';
import { typedDecision } from '#lib/server/decision-form.ts';
import { say } from '#lib/server/flash.ts';
import { saidBefore } from '#lib/server/said.ts';
import type { Actions, PageServerLoad } from './$types';

/** X04: the form of a decision. */
export const load: PageServerLoad = async (event) => ({
  said: saidBefore(event),
  asked: await callApi(event, (api) => api.expertDesk.form.query({ assignmentId: event.params.id })),
});

export const actions: Actions = {
  /** Keeps the draft and stays. */
  save: async (event) => {
    const saved = await save(event);
    if (!saved.ok) return saved.failure;
    say(event.cookies, {
      tone: 'done',
      key: 'expert-desk:decision.saved',
      params: { when: saved.when },
    });
    redirect(303, `/${event.locals.language}/cases/${event.params.id}/decision`);
  },
  /** Keeps the draft and goes to its signing, or says what does not fit together. */
  sign: async (event) => {
    const saved = await save(event);
    if (!saved.ok) return saved.failure;
    const assignmentId = event.params.id ?? '';
    const started = await callApi(event, (api) => api.expertDesk.startSigning.mutate({ assignmentId }));
    if (started.ok)
      redirect(303, `/${event.locals.language}/cases/${assignmentId}/sign?signing=${started.signingId}`);
    if (started.refusal === 'problems')
      return fail(400, { problems: started.problems, typed: saved.typed, version: saved.version });
    return notOpen(event);
  },
};

/** Saves what the form sent over the version it was typed over. */
async function save(event: RequestEvent) {
  const form = await event.request.formData();
  const typed = typedDecision(form);
  const input = SaveDraftInput.safeParse({
    assignmentId: event.params.id,
    version: Number(form.get('version') ?? 0),
    typed,
  });
  if (!input.success) {
    const wrong = DECISION_FIELDS.find((field) => field === input.error.issues[0]?.path[1]) ?? 'reasons';
    const problems: DecisionProblem[] = [{ field: wrong, problem: 'too-long' }];
    return {
      ok: false as const,
      failure: fail(400, { problems, typed, version: Number(form.get('version') ?? 0) }),
    };
  }
  const answer = await callApi(event, (api) => api.expertDesk.saveDraft.mutate(input.data));
  if (answer.ok)
    return { ok: true as const, typed, version: answer.version, when: formatDateTime(answer.savedAt) };
  if (answer.refusal === 'not-open') return { ok: false as const, failure: notOpen(event) };
  const { current, changed } = answer;
  return {
    ok: false as const,
    failure: fail(409, { conflict: { current, changed }, typed, version: current.version }),
  };
}

function notOpen(event: RequestEvent): never {
  say(event.cookies, { tone: 'problem', key: 'expert-desk:decision.not-open', params: {} });
  redirect(303, `/${event.locals.language}/cases`);
}
