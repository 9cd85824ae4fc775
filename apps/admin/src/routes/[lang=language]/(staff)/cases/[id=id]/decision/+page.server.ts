import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { SaveDraftInput } from '@mse/contracts/expert-desk';
import {
  DECISION_FIELDS,
  type DecisionProblem,
  PHRASE_FIELDS,
  type PhraseField,
} from '@mse/domain/examination';
import { formatDateTime } from '@mse/i18n/format';
import { insertPhrase } from '#lib/expert-desk/insert-phrase.ts';
import { callApi } from '#lib/server/api.ts';
import { typedDecision } from '#lib/server/decision-form.ts';
import { say } from '#lib/server/flash.ts';
import { saidBefore } from '#lib/server/said.ts';
import type { Actions, PageServerLoad } from './$types';

/** X04: the form of a decision. */
export const load: PageServerLoad = async (event) => ({
  said: saidBefore(event),
  asked: await callApi(event, (api) => api.expertDesk.form.query({ assignmentId: event.params.id })),
  phrases: await callApi(event, (api) => api.expertDesk.phrases.query()),
});

export const actions: Actions = {
  /** Keeps the draft and stays. */
  save: async (event) => {
    const saved = await save(event, await event.request.formData());
    if (!saved.ok) return saved.failure;
    say(event.cookies, {
      tone: 'done',
      key: 'expert-desk:decision.saved',
      params: { when: saved.when },
    });
    redirect(303, `/${event.locals.language}/cases/${event.params.id}/decision`);
  },
  /** Puts the chosen phrase at the end of its field, keeps the draft and goes back to the field; for whoever has no script. */
  phrase: async (event) => {
    const form = await event.request.formData();
    const field = PHRASE_FIELDS.find((each) => each === form.get('insert'));
    const { own, common } = await callApi(event, (api) => api.expertDesk.phrases.query());
    const phrase = [...own, ...common].find(
      (each) => each.field === field && each.id === form.get(`phrase-${field}`),
    );
    const saved = await save(event, form, phrase);
    if (!saved.ok) return saved.failure;
    say(event.cookies, {
      tone: 'done',
      key: phrase ? 'expert-desk:phrase.done.inserted' : 'expert-desk:decision.saved',
      params: { when: saved.when },
    });
    redirect(303, `/${event.locals.language}/cases/${event.params.id}/decision#${field ?? 'decision'}`);
  },
  /** Keeps the draft and goes to its signing, or says what does not fit together. */
  sign: async (event) => {
    const saved = await save(event, await event.request.formData());
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

/** Saves what the form sent over the version it was typed over, with a phrase put into its field. */
async function save(event: RequestEvent, form: FormData, phrase?: { field: PhraseField; text: string }) {
  const typed = typedDecision(form);
  if (phrase) typed[phrase.field] = insertPhrase(typed[phrase.field] ?? '', phrase.text).text;
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
