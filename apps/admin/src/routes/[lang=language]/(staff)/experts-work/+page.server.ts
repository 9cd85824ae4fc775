import { Month } from '@mse/contracts/expert-pay';
import { callApi } from '#lib/server/api.ts';
import type { PageServerLoad } from './$types';

/** R01: what waits, which forms are short of experts, and the experts' month against the average. */
export const load: PageServerLoad = async (event) => {
  const asked = event.url.searchParams.get('month');
  const month = Month.safeParse(asked ? `${asked.slice(0, 7)}-01` : null);
  return callApi(event, (api) =>
    api.expertMonitoring.month.query(month.success ? { month: month.data } : {}),
  );
};
