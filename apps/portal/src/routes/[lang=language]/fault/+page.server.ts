import { FaultReportTyped } from '@mse/contracts/fault-reports';
import { faultReportNumber, pageOfReport } from '@mse/domain/fault-reports';
import { toBusinessDate } from '@mse/domain/shared';
import { error, fail, redirect } from '@sveltejs/kit';
import { NO_FIELD_ERRORS } from '#lib/field-errors.ts';
import { below, freshId } from '#lib/server/chance.ts';
import { wallClock } from '#lib/server/clock.ts';
import { keepReport, reportsOfNetwork } from '#lib/server/fault-reports.ts';
import { readForm } from '#lib/server/forms.ts';
import { sentReport } from '#lib/server/kept-answers.ts';
import { log } from '#lib/server/log.ts';
import { pageBefore } from '#lib/server/page-before.ts';
import type { Actions, PageServerLoad } from './$types';

/** C31: the page the person comes from and the incident it has named are filled in. */
export const load: PageServerLoad = ({ request, url }) => ({
  page: pageOfReport(pageBefore(request, url) ?? ''),
  incident: /^[\w-]{1,64}$/.exec(url.searchParams.get('incident') ?? '')?.[0] ?? '',
  now: new Date(wallClock()).toISOString(),
});

export const actions: Actions = {
  default: async ({ request, locals, cookies, getClientAddress }) => {
    const form = await request.formData();
    const typed = (name: string) => {
      const value = form.get(name);
      return typeof value === 'string' ? value : '';
    };
    const kept = {
      page: typed('page'),
      text: typed('text'),
      contact: typed('contact'),
      incident: typed('incident'),
    };
    const read = readForm(FaultReportTyped, form);
    if (!read.ok) return fail(400, { ...kept, errors: read.errors, waitMinutes: null });
    const now = wallClock();
    const wait = reportsOfNetwork.take(getClientAddress(), now);
    if (wait > 0)
      return fail(429, { ...kept, errors: NO_FIELD_ERRORS, waitMinutes: Math.max(1, Math.ceil(wait / 60)) });
    const number = faultReportNumber(toBusinessDate(new Date(now)), below);
    try {
      await keepReport({
        ...read.data,
        id: freshId(),
        number,
        language: locals.language,
        token: locals.token,
        writtenAt: now,
      });
    } catch (failure) {
      log('error', 'fault report not kept', { name: failure instanceof Error ? failure.name : 'unknown' });
      error(503, 'unavailable');
    }
    sentReport.keep(cookies, { number });
    redirect(303, `/${locals.language}/fault/sent`);
  },
};
