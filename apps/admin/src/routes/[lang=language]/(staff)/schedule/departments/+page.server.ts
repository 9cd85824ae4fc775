import { ScheduleDepartmentsInput } from '@mse/contracts/schedule';
import { callApi } from '#lib/server/api.ts';
import type { PageServerLoad } from './$types';

/** EQ-04: which departments have next year's schedule and which have not. */
export const load: PageServerLoad = async (event) => {
  const asked = ScheduleDepartmentsInput.safeParse({ year: event.url.searchParams.get('year') ?? undefined });
  return {
    list: await callApi(event, (api) => api.schedule.departments.query(asked.success ? asked.data : {})),
  };
};
