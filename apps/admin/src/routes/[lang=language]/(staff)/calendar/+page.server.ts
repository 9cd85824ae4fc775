import {
  CalendarDayInput,
  CalendarYearInput,
  PreviewCalendarDayInput,
  RemoveCalendarDayInput,
} from '@mse/contracts/calendar';
import { translator } from '@mse/i18n';
import { formatDate } from '@mse/i18n/format';
import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { fieldErrors, type ShownError, textOf } from '#lib/server/field-errors.ts';
import { say } from '#lib/server/flash.ts';
import { saidBefore } from '#lib/server/said.ts';
import type { Actions, PageServerLoad } from './$types';

const NOTHING = { date: '', kind: 'holiday', nameKk: '', nameRu: '', nameEn: '', basis: '' };
type Typed = typeof NOTHING;

/**
 * P08: holidays and moved days of a year; `?change=` puts a day into the form, `?announced=` the name of one whose date is made known
 * each year.
 */
export const load: PageServerLoad = async (event) => {
  const { searchParams } = event.url;
  const asked = CalendarYearInput.safeParse({ year: searchParams.get('year') ?? undefined });
  const said = saidBefore(event);
  const calendar = await callApi(event, (api) => api.calendar.year.query(asked.success ? asked.data : {}));
  const day = calendar.days.find((one) => one.date === searchParams.get('change') && one.canChange);
  const draft: Typed = day
    ? {
        date: day.date,
        kind: day.kind,
        nameKk: day.name.kk,
        nameRu: day.name.ru,
        nameEn: day.name.en,
        basis: day.basis,
      }
    : await announcedDraft(event, calendar.year);
  return { said, calendar, draft, changing: day?.date ?? null };
};

async function announcedDraft(event: RequestEvent, year: number): Promise<Typed> {
  const key = event.url.searchParams.get('announced');
  if (key === null) return NOTHING;
  const { days } = await callApi(event, (api) => api.calendar.proposal.query({ year }));
  const law = days.find((day) => day.key === key && day.date === null);
  if (!law) return NOTHING;
  const { kind, name, basis } = law;
  return { date: '', kind, nameKk: name.kk, nameRu: name.ru, nameEn: name.en, basis };
}

async function readForm(event: RequestEvent) {
  const form = await event.request.formData();
  const typed: Typed = {
    date: textOf(form, 'date'),
    kind: textOf(form, 'kind'),
    nameKk: textOf(form, 'nameKk'),
    nameRu: textOf(form, 'nameRu'),
    nameEn: textOf(form, 'nameEn'),
    basis: textOf(form, 'basis'),
  };
  const { nameKk: kk, nameRu: ru, nameEn: en, date, kind, basis } = typed;
  return {
    typed,
    remove: form.has('remove'),
    input: CalendarDayInput.safeParse({ date, kind, basis, name: { kk, ru, en } }),
  };
}
type Read = Awaited<ReturnType<typeof readForm>>;

const FIELDS: Record<string, string> = { 'name-kk': 'nameKk', 'name-ru': 'nameRu', 'name-en': 'nameEn' };

function wrong(event: RequestEvent, { typed, input }: Read) {
  const { language } = event.locals;
  const errors = input.success
    ? []
    : fieldErrors(language, translator(language), input.error, 'calendar:field.').map(({ field, text }) => ({
        field: (field && FIELDS[field]) ?? field,
        text,
      }));
  return fail(400, { typed, errors: sayWhich(event, errors), preview: null, remove: false });
}

/** Several empty names would read alike: each says which language it means. */
function sayWhich(event: RequestEvent, errors: ShownError[]): ShownError[] {
  const t = translator(event.locals.language);
  return errors.map((error) => {
    const language = error.field?.startsWith('name') ? error.field.slice(4).toLowerCase() : null;
    return language ? { ...error, text: `${t(`calendar:names.${language}`)}: ${error.text}` } : error;
  });
}

function refused(event: RequestEvent, typed: Typed, refusal: string) {
  const text = translator(event.locals.language)(`calendar:refusal.${refusal}`);
  return fail(409, { typed, errors: [{ field: 'date', text }], preview: null, remove: false });
}

function backToYear(event: RequestEvent, date: string): never {
  return redirect(303, `/${event.locals.language}/calendar?year=${date.slice(0, 4)}`);
}

export const actions: Actions = {
  /** What entering the day, or taking it out, would touch; nothing changes. */
  preview: async (event) => {
    const read = await readForm(event);
    const { typed, input, remove } = read;
    if (!input.success && !remove) return wrong(event, read);
    const asked = PreviewCalendarDayInput.safeParse({ date: typed.date, kind: remove ? null : typed.kind });
    if (!asked.success) return wrong(event, read);
    const preview = await callApi(event, (api) => api.calendar.previewDay.query(asked.data));
    return preview.ok ? { typed, errors: [], preview, remove } : refused(event, typed, preview.refusal);
  },

  save: async (event) => {
    const read = await readForm(event);
    const { typed, input } = read;
    if (!input.success) return wrong(event, read);
    const answer = await callApi(event, (api) => api.calendar.setDay.mutate(input.data));
    if (!answer.ok) return refused(event, typed, answer.refusal);
    say(event.cookies, { tone: 'done', key: 'calendar:saved', params: { date: formatDate(typed.date) } });
    return backToYear(event, typed.date);
  },

  remove: async (event) => {
    const { typed } = await readForm(event);
    const input = RemoveCalendarDayInput.safeParse({ date: typed.date });
    if (!input.success) return refused(event, typed, 'not-in-calendar');
    const answer = await callApi(event, (api) => api.calendar.removeDay.mutate(input.data));
    if (!answer.ok) return refused(event, typed, answer.refusal);
    say(event.cookies, { tone: 'done', key: 'calendar:removed', params: { date: formatDate(typed.date) } });
    return backToYear(event, typed.date);
  },
};
