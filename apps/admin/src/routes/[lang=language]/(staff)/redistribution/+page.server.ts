import { MoveOverdueInput, SimulateAbsenceInput, StartAbsenceInput } from '@mse/contracts/redistribution';
import { translator } from '@mse/i18n';
import { fail, redirect } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { heard, say } from '#lib/server/flash.ts';
import { formErrors, typed } from '#lib/server/form-errors.ts';
import type { Actions, PageServerLoad } from './$types';

/** R07: overdue and moved parts, the waiting list, and what an absence would move; `?expert=` holds a code of the register, no name. */
export const load: PageServerLoad = async (event) => {
  const said = heard(event.cookies);
  const asked = event.url.searchParams.get('expert');
  const input = SimulateAbsenceInput.safeParse({ expertCode: asked ?? '' });
  const [overview, simulation] = await Promise.all([
    callApi(event, (api) => api.redistribution.overview.query()),
    input.success ? callApi(event, (api) => api.redistribution.simulateAbsence.query(input.data)) : null,
  ]);
  const t = translator(event.locals.language);
  return {
    overview,
    asked: asked ?? '',
    simulation: simulation?.ok ? simulation : null,
    unknown: asked !== null && !simulation?.ok ? t('redistribution:simulate.unknown') : null,
    said: said ? { tone: said.tone, text: t(said.key, said.params) } : null,
  };
};

export const actions: Actions = {
  move: async (event) => {
    const { language } = event.locals;
    const form = await event.request.formData();
    const input = MoveOverdueInput.safeParse({ assignmentIds: form.getAll('part').map(String) });
    if (!input.success)
      return fail(400, {
        errors: { part: translator(language)('redistribution:overdue.none') } as Record<string, string>,
      });
    const { moved, left } = await callApi(event, (api) => api.redistribution.moveOverdue.mutate(input.data));
    say(event.cookies, { tone: 'done', key: 'redistribution:overdue.done', params: { moved, left } });
    redirect(303, `/${language}/redistribution`);
  },
  absence: async (event) => {
    const { language } = event.locals;
    const said = typed(await event.request.formData());
    const input = StartAbsenceInput.safeParse({
      expertCode: said.expertCode,
      kind: said.kind,
      until: said.until === '' || said.until === undefined ? null : said.until,
      shownParts: said.shownParts,
    });
    if (!input.success) return fail(400, { errors: formErrors(language, input.error) });
    const answer = await callApi(event, (api) => api.redistribution.startAbsence.mutate(input.data));
    if (!answer.ok)
      return fail(409, {
        errors: {
          [answer.refusal === 'until-passed' ? 'until' : 'confirm']: translator(language)(
            `redistribution:refusal.${answer.refusal}`,
          ),
        } as Record<string, string>,
      });
    say(event.cookies, {
      tone: 'done',
      key: 'redistribution:simulate.done',
      params: { moved: answer.moved, left: answer.left },
    });
    redirect(303, `/${language}/redistribution`);
  },
};
