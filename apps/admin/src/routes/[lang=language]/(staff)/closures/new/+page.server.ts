import { ClosePeriodInput, PreviewClosureInput } from '@mse/contracts/closures';
import { isPlainDate } from '@mse/domain/shared';
import { translator } from '@mse/i18n';
import { formatDate } from '@mse/i18n/format';
import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import { callApi } from '#lib/server/api.ts';
import { say } from '#lib/server/flash.ts';
import type { Actions, PageServerLoad } from './$types';

const FIELDS = ['from', 'until', 'kind', 'reason'] as const;
type Field = (typeof FIELDS)[number];
type Values = Record<Field, string>;

/** K06: closing a period, beginning with the days that were chosen in the week. Only who keeps closures comes here. */
export const load: PageServerLoad = async (event) => {
  const { mayClose } = await callApi(event, (api) => api.closures.week.query({}));
  if (!mayClose) error(404, 'not found');
  const day = (name: string) => {
    const wanted = event.url.searchParams.get(name);
    return wanted !== null && isPlainDate(wanted) ? wanted : '';
  };
  const values: Values = { from: day('from'), until: day('until'), kind: '', reason: '' };
  return { values };
};

const word = (form: FormData, name: string) => String(form.get(name) ?? '');

/** Words of each wrong answer, under the field it belongs to. */
function fieldErrors(event: RequestEvent, issues: z.ZodError['issues']): Partial<Values> {
  const t = translator(event.locals.language);
  const errors: Partial<Values> = {};
  for (const issue of issues) {
    const field = FIELDS.find((name) => name === issue.path[0]);
    if (!field || errors[field]) continue;
    errors[field] = t(
      field === 'reason' && issue.message === 'too-long'
        ? 'closures:error.reasonLong'
        : `closures:error.${field}`,
    );
  }
  return errors;
}

/** What closing would do now, or why it cannot be. */
async function preview(event: RequestEvent, values: Values) {
  const input = PreviewClosureInput.safeParse(values);
  if (!input.success) return fail(400, { values, errors: fieldErrors(event, input.error.issues) });
  const answer = await callApi(event, (api) => api.closures.preview.query(input.data));
  if (!answer.ok)
    return fail(409, {
      values,
      problem: translator(event.locals.language)(`closures:refusal.${answer.refusal}`),
    });
  return { values, preview: answer };
}

function valuesOf(form: FormData): Values {
  return {
    from: word(form, 'from'),
    until: word(form, 'until'),
    kind: word(form, 'kind'),
    reason: word(form, 'reason').slice(0, 1000),
  };
}

export const actions: Actions = {
  preview: async (event) => preview(event, valuesOf(await event.request.formData())),

  /** Back from the preview to the fields, with what was typed. */
  change: async (event) => ({ values: valuesOf(await event.request.formData()) }),

  /** Closes at once, or together with the mass move of the bookings that were shown. */
  save: async (event) => {
    const { language } = event.locals;
    const form = await event.request.formData();
    const values = valuesOf(form);
    const input = ClosePeriodInput.safeParse({
      ...values,
      shown: word(form, 'shown'),
      move: word(form, 'move') === 'yes',
    });
    if (!input.success) return fail(400, { values, errors: fieldErrors(event, input.error.issues) });
    const answer = await callApi(event, (api) => api.closures.close.mutate(input.data));
    if (!answer.ok) {
      const problem = translator(language)(`closures:refusal.${answer.refusal}`);
      if (answer.refusal !== 'bookings-changed' && answer.refusal !== 'bookings-in-the-way')
        return fail(409, { values, problem });
      const shown = await preview(event, values);
      return fail(409, { values, problem, ...('preview' in shown ? { preview: shown.preview } : {}) });
    }
    const period = { from: formatDate(input.data.from), until: formatDate(input.data.until) };
    if (answer.massMoveId !== null) {
      say(event.cookies, { tone: 'done', key: 'closures:done.moving', params: period });
      return redirect(303, `/${language}/mass-move/${answer.massMoveId}`);
    }
    say(event.cookies, {
      tone: 'done',
      key: 'closures:done.closed',
      params: { ...period, places: answer.closedPlaces },
    });
    return redirect(303, `/${language}/closures?day=${input.data.from}`);
  },
};
