import { ApplicationsInput } from '@mse/contracts/expert-register';
import { callApi } from '#lib/server/api.ts';
import type { PageServerLoad } from './$types';

/** R02…R04: applications, by stage. */
export const load: PageServerLoad = async (event) => {
  const wanted = event.url.searchParams;
  const read = ApplicationsInput.safeParse({
    state: wanted.get('state') || null,
    page: wanted.get('page') ?? 1,
  });
  const input = read.success ? read.data : { state: null, page: 1 };
  return {
    state: input.state,
    list: await callApi(event, (api) => api.expertRegister.applications.query(input)),
  };
};
