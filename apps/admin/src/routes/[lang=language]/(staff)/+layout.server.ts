import { accountOf } from '#lib/server/account.ts';
import { callApi } from '#lib/server/api.ts';
import type { LayoutServerLoad } from './$types';

/** Everything below is for signed-in staff; the API decides again on every call. */
export const load: LayoutServerLoad = async (event) => {
  const me = await callApi(event, (api) => api.identity.whoAmI.query());
  return { account: accountOf(event.locals.language, me) };
};
