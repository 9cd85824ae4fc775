import { AssignTerritoryInput, TerritoryInput } from '@mse/contracts/territory';
import { translator } from '@mse/i18n';
import { fail, redirect } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { fieldErrors, textOf } from '#lib/server/field-errors.ts';
import { say } from '#lib/server/flash.ts';
import { saidBefore } from '#lib/server/said.ts';
import type { Actions, PageServerLoad } from './$types';

const FILTERS = ['all', 'gaps', 'overlaps', 'later'] as const;
type Filter = (typeof FILTERS)[number];

/** K09: which department serves which unit on a date. */
export const load: PageServerLoad = async (event) => {
  const { searchParams } = event.url;
  const asked = TerritoryInput.safeParse({ on: searchParams.get('on') || undefined });
  const said = saidBefore(event);
  const map = await callApi(event, (api) => api.territory.map.query(asked.success ? asked.data : {}));
  const wanted = searchParams.get('show') ?? 'all';
  const departmentWanted = /^\d{1,4}$/.test(wanted) ? Number(wanted) : null;
  const filter: Filter = FILTERS.find((one) => one === wanted) ?? 'all';
  const units = map.units.filter((unit) => {
    if (departmentWanted !== null) return unit.department === departmentWanted;
    if (filter === 'gaps') return unit.state === 'gap';
    if (filter === 'overlaps') return unit.state === 'overlap';
    return filter === 'all' || unit.later.length > 0;
  });
  return {
    said,
    map: { ...map, units },
    filters: FILTERS,
    filter: departmentWanted === null ? filter : String(departmentWanted),
  };
};

export const actions: Actions = {
  /** EQ-03: gives the ticked units to a department from a day on. */
  assign: async (event) => {
    const { language } = event.locals;
    const t = translator(language);
    const form = await event.request.formData();
    const typed = {
      units: form.getAll('units').map(String),
      department: textOf(form, 'department'),
      validFrom: textOf(form, 'validFrom'),
    };
    const input = AssignTerritoryInput.safeParse({ ...typed, department: typed.department || 'none' });
    if (!input.success) {
      const own: Record<string, string> = { units: 'units', department: 'department' };
      const errors = fieldErrors(language, t, input.error, 'territory:field.').map(({ field, text }) =>
        field && own[field]
          ? { field: field === 'units' ? 'unit-0' : field, text: t(`territory:field.${own[field]}`) }
          : { field, text },
      );
      return fail(400, { typed, errors, wrong: [] });
    }
    const answer = await callApi(event, (api) => api.territory.assign.mutate(input.data));
    if (answer.ok) {
      say(event.cookies, { tone: 'done', key: 'territory:saved', params: { n: answer.changed } });
      return redirect(303, `/${language}/territory?on=${input.data.validFrom}`);
    }
    const wrong = answer.rows.flatMap((row) =>
      row.verdict === 'wrong' ? [{ code: row.unitCode, text: t(`territory:error.${row.error}`) }] : [],
    );
    return fail(409, { typed, errors: [{ field: null, text: t('territory:wrongRows') }], wrong });
  },
};
