import { ReportInput } from '@mse/contracts/reporting';
import { PUNCTUAL_MINUTES } from '@mse/domain/reporting';
import { reportQuery } from '#lib/reporting/report-query.ts';
import { callApi } from '#lib/server/api.ts';
import { formErrors } from '#lib/server/form-errors.ts';
import type { PageServerLoad } from './$types';

/** K10, P11: the report of a period; what is chosen stands in the address. A wrong choice is said at its field, beside today's report. */
export const load: PageServerLoad = async (event) => {
  const { asked, input } = reportQuery(event.url);
  const known = input.success ? input.data : ReportInput.parse({});
  return {
    typed: asked,
    errors: input.success ? {} : formErrors(event.locals.language, input.error),
    punctualMinutes: PUNCTUAL_MINUTES,
    report: await callApi(event, (api) => api.reporting.report.query(known)),
  };
};
