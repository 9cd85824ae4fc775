import { CancelAbsenceInput, PreviewAbsenceInput, ReportAbsenceInput } from '@mse/contracts/expert-presence';
import { translator } from '@mse/i18n';
import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { saidBefore } from '#lib/server/dated-rows.ts';
import { say } from '#lib/server/flash.ts';
import { formErrors, typed } from '#lib/server/form-errors.ts';
import type { Actions, PageServerLoad } from './$types';

/** X07: the caller's own absences. */
export const load: PageServerLoad = async (event) => ({
  said: saidBefore(event),
  mine: await callApi(event, (api) => api.expertPresence.mine.query()),
});

type Said = Record<string, string>;

function wrong(event: RequestEvent, said: Said, errors: Record<string, string>) {
  return fail(400, { typed: said, errors, effect: null });
}

/** A refusal of the rule, at the field it is about. */
function refused(event: RequestEvent, said: Said, refusal: string) {
  const text = translator(event.locals.language)(`expert-presence:refusal.${refusal}`);
  return wrong(event, said, { [refusal === 'from-registry' ? 'kind' : 'from']: text });
}

export const actions: Actions = {
  /** Step one: how many cases would move. */
  check: async (event) => {
    const said = typed(await event.request.formData());
    const input = PreviewAbsenceInput.safeParse({ kind: said.kind, from: said.from, until: said.until });
    if (!input.success) return wrong(event, said, formErrors(event.locals.language, input.error));
    const answer = await callApi(event, (api) => api.expertPresence.preview.query(input.data));
    if (!answer.ok) return refused(event, said, answer.refusal);
    return { typed: said, errors: {} as Record<string, string>, effect: answer.effect };
  },

  /** Step two: for exactly what was shown. */
  report: async (event) => {
    const said = typed(await event.request.formData());
    const input = ReportAbsenceInput.safeParse({
      kind: said.kind,
      from: said.from,
      until: said.until,
      shownParts: said.shownParts,
    });
    if (!input.success) return wrong(event, said, formErrors(event.locals.language, input.error));
    const answer = await callApi(event, (api) => api.expertPresence.report.mutate(input.data));
    if (!answer.ok) return refused(event, said, answer.refusal);
    say(event.cookies, {
      tone: 'done',
      key: 'expert-presence:done',
      params: { moved: answer.moved, left: answer.left },
    });
    redirect(303, event.url.pathname);
  },

  cancel: async (event) => {
    const input = CancelAbsenceInput.safeParse(typed(await event.request.formData()));
    const answer = input.success
      ? await callApi(event, (api) => api.expertPresence.cancel.mutate(input.data))
      : { ok: false as const, refusal: 'over-already' as const };
    say(
      event.cookies,
      answer.ok
        ? { tone: 'done', key: 'expert-presence:cancelled', params: {} }
        : { tone: 'problem', key: `expert-presence:refusal.${answer.refusal}`, params: {} },
    );
    redirect(303, event.url.pathname);
  },
};
