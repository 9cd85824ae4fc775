import {
  EndLineInput,
  ExaminationDraft,
  NosologyCodeDraft,
  TakeBackLineInput,
} from '@mse/contracts/nosology';
import type { LineRefusal, NosologyRefusal } from '@mse/domain/intake';
import { translator } from '@mse/i18n';
import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { saidBefore } from '#lib/server/dated-rows.ts';
import { say } from '#lib/server/flash.ts';
import { type FormErrors, formErrors, typed } from '#lib/server/form-errors.ts';
import type { Actions, PageServerLoad } from './$types';

/** R09: the diagnoses and examinations of one nosological form, with their dates. */
export const load: PageServerLoad = async (event) => {
  const group = await callApi(event, (api) => api.nosology.group.query({ code: event.params.code }));
  if (!group.ok) error(404, 'not found');
  return { said: saidBefore(event), group };
};

/** The field a refusal belongs to. */
const FIELD_OF: Record<NosologyRefusal, string> = {
  'not-a-code': 'icdPrefix',
  'exact-too-short': 'exact',
  'age-order': 'untilAge',
  'day-order': 'validUntil',
  'in-the-past': 'validFrom',
  overlaps: 'icdPrefix',
  'unknown-group': 'icdPrefix',
  'unknown-kind': 'examinationCode',
  'known-already': 'icdPrefix',
};

function codeDraft(event: RequestEvent, said: Record<string, string>) {
  return NosologyCodeDraft.safeParse({
    groupCode: event.params.code,
    icdPrefix: said.icdPrefix,
    exact: said.exact,
    fromAge: said.fromAge,
    untilAge: said.untilAge,
    validFrom: said.validFrom,
    validUntil: said.validUntil,
    basis: said.basis,
  });
}

function refused(event: RequestEvent, refusal: NosologyRefusal): FormErrors {
  return { [FIELD_OF[refusal]]: translator(event.locals.language)(`nosology:refusal.${refusal}`) };
}

function sayLine(
  event: RequestEvent,
  done: string,
  answer: { ok: true } | { ok: false; refusal: LineRefusal },
): never {
  say(
    event.cookies,
    answer.ok
      ? { tone: 'done', key: done, params: {} }
      : { tone: 'problem', key: `nosology:line-refusal.${answer.refusal}`, params: {} },
  );
  return redirect(303, event.url.pathname);
}

export const actions: Actions = {
  /** Shows what a line would do; nothing changes. */
  preview: async (event) => {
    const said = typed(await event.request.formData());
    const input = codeDraft(event, said);
    if (!input.success)
      return fail(400, {
        kind: 'code' as const,
        typed: said,
        errors: formErrors(event.locals.language, input.error),
      });
    const answer = await callApi(event, (api) => api.nosology.previewCode.query(input.data));
    if (!answer.ok)
      return fail(409, { kind: 'code' as const, typed: said, errors: refused(event, answer.refusal) });
    return { kind: 'code' as const, typed: said, errors: {}, effect: answer.effect };
  },

  addCode: async (event) => {
    const said = typed(await event.request.formData());
    const input = codeDraft(event, said);
    if (!input.success)
      return fail(400, {
        kind: 'code' as const,
        typed: said,
        errors: formErrors(event.locals.language, input.error),
      });
    const answer = await callApi(event, (api) => api.nosology.addCode.mutate(input.data));
    if (!answer.ok)
      return fail(409, { kind: 'code' as const, typed: said, errors: refused(event, answer.refusal) });
    say(event.cookies, { tone: 'done', key: 'nosology:add-code.done', params: {} });
    return redirect(303, event.url.pathname);
  },

  addExamination: async (event) => {
    const said = typed(await event.request.formData());
    const input = ExaminationDraft.safeParse({
      groupCode: event.params.code,
      examinationCode: said.examinationCode,
      condition: said.condition,
      validFrom: said['examination.validFrom'],
      validUntil: said['examination.validUntil'],
      basis: said['examination.basis'],
    });
    if (!input.success)
      return fail(400, {
        kind: 'examination' as const,
        typed: said,
        errors: ofExamination(formErrors(event.locals.language, input.error)),
      });
    const answer = await callApi(event, (api) => api.nosology.addExamination.mutate(input.data));
    if (!answer.ok) {
      const field = answer.refusal === 'overlaps' ? 'examinationCode' : FIELD_OF[answer.refusal];
      const words = translator(event.locals.language)(`nosology:refusal.${answer.refusal}`);
      return fail(409, {
        kind: 'examination' as const,
        typed: said,
        errors: ofExamination({ [field]: words }),
      });
    }
    say(event.cookies, { tone: 'done', key: 'nosology:add-examination.done', params: {} });
    return redirect(303, event.url.pathname);
  },

  endCode: async (event) => {
    const input = EndLineInput.safeParse(typed(await event.request.formData()));
    return sayLine(
      event,
      'nosology:end-done',
      input.success
        ? await callApi(event, (api) => api.nosology.endCode.mutate(input.data))
        : { ok: false, refusal: 'in-the-past' },
    );
  },
  takeBackCode: async (event) => {
    const input = TakeBackLineInput.safeParse(typed(await event.request.formData()));
    return sayLine(
      event,
      'nosology:taken-back',
      input.success
        ? await callApi(event, (api) => api.nosology.takeBackCode.mutate(input.data))
        : { ok: false, refusal: 'not-found' },
    );
  },
  endExamination: async (event) => {
    const input = EndLineInput.safeParse(typed(await event.request.formData()));
    return sayLine(
      event,
      'nosology:end-done',
      input.success
        ? await callApi(event, (api) => api.nosology.endExamination.mutate(input.data))
        : { ok: false, refusal: 'in-the-past' },
    );
  },
  takeBackExamination: async (event) => {
    const input = TakeBackLineInput.safeParse(typed(await event.request.formData()));
    return sayLine(
      event,
      'nosology:taken-back',
      input.success
        ? await callApi(event, (api) => api.nosology.takeBackExamination.mutate(input.data))
        : { ok: false, refusal: 'not-found' },
    );
  },
};

/** Fields both forms of the page have bear the name of theirs. */
function ofExamination(errors: FormErrors): FormErrors {
  return Object.fromEntries(
    Object.entries(errors).map(([field, text]) => [
      ['validFrom', 'validUntil', 'basis'].includes(field) ? `examination.${field}` : field,
      text,
    ]),
  );
}
