import { StartTimesInput } from '@mse/contracts/schedule';
import { translator } from '@mse/i18n';
import { formatDate } from '@mse/i18n/format';
import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { fieldErrors, textOf } from '#lib/server/field-errors.ts';
import { say } from '#lib/server/flash.ts';
import { saidBefore } from '#lib/server/said.ts';
import type { Actions, PageServerLoad } from './$types';

/** EQ-02: the start times of the law. */
export const load: PageServerLoad = async (event) => {
  const said = saidBefore(event);
  return { said, law: await callApi(event, (api) => api.schedule.startTimes.query()) };
};

/** What was typed, and how it is understood. */
async function readForm(event: RequestEvent) {
  const form = await event.request.formData();
  const typed = {
    validFrom: textOf(form, 'validFrom'),
    times: textOf(form, 'times'),
    basis: textOf(form, 'basis'),
  };
  const times = typed.times
    .split(/[\s,;]+/)
    .filter((time) => time !== '')
    .map((time) => time.replace(/^(\d):/, '0$1:').replace('.', ':'));
  return { typed, input: StartTimesInput.safeParse({ ...typed, times }) };
}

function wrong(event: RequestEvent, read: Awaited<ReturnType<typeof readForm>>) {
  const { language } = event.locals;
  const t = translator(language);
  const errors = read.input.success
    ? []
    : fieldErrors(language, t, read.input.error, 'schedule:field.').map(({ field, text }) =>
        field?.startsWith('times') ? { field: 'times', text: t('schedule:field.times') } : { field, text },
      );
  const unique = errors.filter(
    (error, index) => errors.findIndex((other) => other.field === error.field) === index,
  );
  return fail(400, { typed: read.typed, errors: unique, preview: null });
}

export const actions: Actions = {
  preview: async (event) => {
    const read = await readForm(event);
    const { input, typed } = read;
    if (!input.success) return wrong(event, read);
    const preview = await callApi(event, (api) => api.schedule.previewStartTimes.query(input.data));
    if (preview.ok) return { typed, errors: [], preview };
    const text = translator(event.locals.language)(`schedule:law.refusal.${preview.refusal}`);
    return fail(409, {
      typed,
      errors: [{ field: preview.refusal === 'day-passed' ? 'validFrom' : 'times', text }],
      preview: null,
    });
  },

  save: async (event) => {
    const read = await readForm(event);
    const { input, typed } = read;
    if (!input.success) return wrong(event, read);
    const answer = await callApi(event, (api) => api.schedule.addStartTimes.mutate(input.data));
    if (!answer.ok) {
      const text = translator(event.locals.language)(`schedule:law.refusal.${answer.refusal}`);
      return fail(409, { typed, errors: [{ field: null, text }], preview: null });
    }
    const { departments } = answer;
    say(event.cookies, {
      tone: 'done',
      key: 'schedule:law.saved',
      params: { date: formatDate(input.data.validFrom), departments },
    });
    return redirect(303, event.url.pathname);
  },
};
