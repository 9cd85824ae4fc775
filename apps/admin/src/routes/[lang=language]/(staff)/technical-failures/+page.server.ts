import {
  AddSignatoryInput,
  DecideFailureInput,
  EndSignatoryInput,
  MAX_ACT_BYTES,
  MAX_SIGNATURE_BYTES,
  ProposeFailureInput,
} from '@mse/contracts/technical-failures';
import { FAILURE_OFFICES } from '@mse/domain/intake';
import { translator } from '@mse/i18n';
import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { saidBefore } from '#lib/server/dated-rows.ts';
import { say } from '#lib/server/flash.ts';
import { type FormErrors, formErrors, typed } from '#lib/server/form-errors.ts';
import type { Actions, PageServerLoad } from './$types';

/** PX-42: acts of technical failure, and who may sign them. */
export const load: PageServerLoad = async (event) => ({
  said: saidBefore(event),
  list: await callApi(event, (api) => api.technicalFailures.list.query()),
});

/** Fields of the act that a refusal without an office belongs to. */
const FIELD_OF: Record<string, string> = {
  'period-order': 'untilDay',
  'period-too-long': 'untilDay',
  'act-before-failure': 'actDay',
  'act-ahead': 'actDay',
  overlaps: 'fromDay',
  'unknown-system': 'systemCode',
  'act-not-taken': 'act',
};

/** The files of the form as base64, and what is wrong with them. */
async function readFiles(event: RequestEvent, form: FormData) {
  const t = translator(event.locals.language);
  const errors: FormErrors = {};
  async function read(field: string, limit: number): Promise<string> {
    const uploaded = form.get(field);
    if (!(uploaded instanceof File) || uploaded.size === 0) {
      errors[field] = t('technical-failures:file-missing');
      return '';
    }
    if (uploaded.size > limit) {
      errors[field] = t('technical-failures:file-too-large');
      return '';
    }
    return Buffer.from(await uploaded.arrayBuffer()).toString('base64');
  }
  const act = await read('act', MAX_ACT_BYTES);
  const signatures: Record<string, string> = {};
  for (const office of FAILURE_OFFICES)
    signatures[office] = await read(`signatures.${office}`, MAX_SIGNATURE_BYTES);
  return { act, signatures, errors };
}

export const actions: Actions = {
  propose: async (event) => {
    const { language } = event.locals;
    const form = await event.request.formData();
    const said = typed(form);
    const { act, signatures, errors } = await readFiles(event, form);
    const { systemCode, fromDay, fromTime, untilDay, untilTime, actNumber, actDay } = said;
    const input = ProposeFailureInput.safeParse({
      ...{ systemCode, fromDay, fromTime, untilDay, untilTime, actNumber, actDay },
      act,
      signatures,
    });
    if (!input.success || Object.keys(errors).length > 0)
      return fail(400, {
        kind: 'act' as const,
        typed: said,
        errors: { ...(input.success ? {} : formErrors(language, input.error)), ...errors },
      });
    const answer = await callApi(event, (api) => api.technicalFailures.propose.mutate(input.data));
    if (!answer.ok) {
      const words = translator(language)(`technical-failures:refusal.${answer.refusal}`);
      const field =
        answer.office === null ? (FIELD_OF[answer.refusal] ?? 'act') : `signatures.${answer.office}`;
      return fail(409, { kind: 'act' as const, typed: said, errors: { [field]: words } });
    }
    say(event.cookies, { tone: 'done', key: 'technical-failures:propose.done', params: {} });
    return redirect(303, event.url.pathname);
  },

  open: (event) => decide(event, 'open'),
  withdraw: (event) => decide(event, 'withdraw'),

  addSignatory: async (event) => {
    const { language } = event.locals;
    const said = typed(await event.request.formData());
    const { office, holderSystem, iin, surname, name, patronymic, validFrom, validUntil } = said;
    const input = AddSignatoryInput.safeParse({
      ...{ office, systemCode: holderSystem, iin, surname, name, patronymic, validFrom, validUntil },
    });
    // The number is not shown again: it stays out of the page's answer.
    const shown = { ...said, iin: '' };
    if (!input.success)
      return fail(400, {
        kind: 'holder' as const,
        typed: shown,
        errors: ofHolder(formErrors(language, input.error)),
      });
    const answer = await callApi(event, (api) => api.technicalFailures.addSignatory.mutate(input.data));
    if (!answer.ok) {
      const field = { 'day-order': 'validUntil', overlaps: 'validFrom' }[answer.refusal as 'overlaps'];
      const words = translator(language)(`technical-failures:holder-refusal.${answer.refusal}`);
      return fail(409, {
        kind: 'holder' as const,
        typed: shown,
        errors: { [field ?? 'holderSystem']: words },
      });
    }
    say(event.cookies, { tone: 'done', key: 'technical-failures:holders.done', params: {} });
    return redirect(303, event.url.pathname);
  },

  endSignatory: async (event) => {
    const input = EndSignatoryInput.safeParse(typed(await event.request.formData()));
    const answer = input.success
      ? await callApi(event, (api) => api.technicalFailures.endSignatory.mutate(input.data))
      : ({ ok: false, refusal: 'in-the-past' } as const);
    say(
      event.cookies,
      answer.ok
        ? { tone: 'done', key: 'technical-failures:holders.ended', params: {} }
        : { tone: 'problem', key: `technical-failures:line-refusal.${answer.refusal}`, params: {} },
    );
    return redirect(303, event.url.pathname);
  },
};

async function decide(event: RequestEvent, decision: 'open' | 'withdraw') {
  const input = DecideFailureInput.safeParse(typed(await event.request.formData()));
  const answer = input.success
    ? await callApi(event, (api) => api.technicalFailures[decision].mutate(input.data))
    : ({ ok: false, refusal: 'not-found' } as const);
  say(
    event.cookies,
    answer.ok
      ? {
          tone: 'done',
          key: decision === 'open' ? 'technical-failures:opened' : 'technical-failures:withdrawn',
          params: {},
        }
      : { tone: 'problem', key: `technical-failures:decision-refusal.${answer.refusal}`, params: {} },
  );
  return redirect(303, event.url.pathname);
}

function ofHolder(errors: FormErrors): FormErrors {
  const { systemCode, ...others } = errors;
  return { ...others, ...(systemCode ? { holderSystem: systemCode } : {}) };
}
