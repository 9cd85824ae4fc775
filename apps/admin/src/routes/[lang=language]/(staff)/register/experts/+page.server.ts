import { ExpertFilter } from '@mse/contracts/expert-register';
import type { RequestEvent } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { typed } from '#lib/server/form-errors.ts';
import type { Actions, PageServerLoad } from './$types';

/** What the address asks for; codes only, never a name. Anything odd is left out. */
function filterOf(event: RequestEvent) {
  const wanted = Object.fromEntries(
    [...event.url.searchParams].filter(
      ([name, value]) => value !== '' && name !== 'page' && !name.startsWith('/'),
    ),
  );
  const read = ExpertFilter.safeParse(wanted);
  return read.success ? read.data : ExpertFilter.parse({});
}

/** R05: the register with its filters in the address. */
export const load: PageServerLoad = async (event) => {
  const filter = filterOf(event);
  const page = Math.max(1, Math.trunc(Number(event.url.searchParams.get('page') ?? 1)) || 1);
  return {
    filter,
    list: await callApi(event, (api) => api.expertRegister.experts.query({ ...filter, page })),
  };
};

export const actions: Actions = {
  /** A name is no part of an address: this search goes in the body and leaves nothing behind. */
  surname: async (event) => {
    const { surname = '' } = typed(await event.request.formData());
    const wanted = surname.trim().slice(0, 100);
    if (wanted === '') return { surname: '', found: null };
    const found = await callApi(event, (api) =>
      api.expertRegister.experts.query({ surname: wanted, state: 'all', page: 1 }),
    );
    return { surname: wanted, found };
  },
};
