import { PublishScheduleInput, ScheduleYearInput, SchedulePreviewInput } from '@mse/contracts/schedule';
import { MAX_PERIODS } from '@mse/domain/schedule';
import { translator } from '@mse/i18n';
import { fail, redirect } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { fieldErrors, type ShownError, textOf } from '#lib/server/field-errors.ts';
import { say } from '#lib/server/flash.ts';
import { saidBefore } from '#lib/server/said.ts';
import type { Actions, PageServerLoad } from './$types';

/** K07: the department's schedule of a year. */
export const load: PageServerLoad = async (event) => {
  const asked = ScheduleYearInput.safeParse({ year: event.url.searchParams.get('year') ?? undefined });
  const said = saidBefore(event);
  return {
    said,
    schedule: await callApi(event, (api) => api.schedule.year.query(asked.success ? asked.data : {})),
  };
};

/** A row of the form as it was typed. */
interface Row {
  from: string;
  until: string;
  placesPerStart: string;
}

/** The typed rows; those left wholly empty are not meant. Their places in the form are kept for the errors. */
function rowsOf(form: FormData): { rows: Row[]; places: number[] } {
  const rows: Row[] = [];
  const places: number[] = [];
  for (let index = 0; index < MAX_PERIODS; index += 1) {
    const row = {
      from: textOf(form, `from-${index}`),
      until: textOf(form, `until-${index}`),
      placesPerStart: textOf(form, `places-${index}`),
    };
    if (row.from === '' && row.until === '') continue;
    rows.push(row);
    places.push(index);
  }
  return { rows, places };
}

const FIELDS: Record<string, string> = { from: 'from', until: 'until', placesPerStart: 'places' };

export const actions: Actions = {
  /** What would change; nothing changes. */
  preview: async (event) => {
    const { language } = event.locals;
    const t = translator(language);
    const form = await event.request.formData();
    const { rows, places } = rowsOf(form);
    const input = SchedulePreviewInput.safeParse({ year: textOf(form, 'year'), periods: rows });
    if (!input.success) {
      const errors = fieldErrors(language, t, input.error, 'schedule:field.').map(
        ({ field, text }): ShownError => {
          const [, row, name] = (field ?? '').split('-');
          const place = places[Number(row)];
          return place === undefined || !name
            ? { field: null, text }
            : {
                field: `${FIELDS[name]}-${place}`,
                text: t('schedule:faultOf', { n: place + 1, fault: text }),
              };
        },
      );
      return fail(400, { rows, errors, preview: null });
    }
    const preview = await callApi(event, (api) => api.schedule.preview.query(input.data));
    if (preview.ok) return { rows, errors: [], preview };
    const place = preview.period === null ? undefined : places[preview.period];
    const fault = t(`schedule:refusal.${preview.refusal}`);
    const error: ShownError =
      place === undefined
        ? { field: 'from-0', text: fault }
        : { field: `from-${place}`, text: t('schedule:faultOf', { n: place + 1, fault }) };
    return fail(409, { rows, errors: [error], preview: null });
  },

  /** EQ-04: publishes what the preview showed. */
  publish: async (event) => {
    const t = translator(event.locals.language);
    const form = await event.request.formData();
    const { rows } = rowsOf(form);
    const input = PublishScheduleInput.safeParse({
      year: textOf(form, 'year'),
      periods: rows,
      seen: textOf(form, 'seen'),
    });
    const answer = input.success
      ? await callApi(event, (api) => api.schedule.publish.mutate(input.data))
      : null;
    if (!input.success || !answer?.ok) {
      const refusal = answer && !answer.ok ? answer.refusal : 'changed-meanwhile';
      return fail(409, {
        rows,
        errors: [{ field: null, text: t(`schedule:refusal.${refusal}`) }],
        preview: null,
      });
    }
    const { year } = input.data;
    const { added, reopened, withdrawn } = answer.totals;
    say(
      event.cookies,
      answer.changed
        ? { tone: 'done', key: 'schedule:published', params: { year, added: added + reopened, withdrawn } }
        : { tone: 'done', key: 'schedule:publishedSame', params: { year } },
    );
    return redirect(303, `/${event.locals.language}/schedule?year=${year}`);
  },
};
