import { mayCall } from '@mse/domain/access';
import { accountOf } from '#lib/server/account.ts';
import { callApi } from '#lib/server/api.ts';
import { missingSchedule } from '#lib/server/missing-schedule.ts';
import type { LayoutServerLoad } from './$types';

/** Everything below is for signed-in staff; the API decides again on every call. */
export const load: LayoutServerLoad = async (event) => {
  const { language } = event.locals;
  const me = await callApi(event, (api) => api.identity.whoAmI.query());
  // EQ-04: who keeps schedules hears on every page that next year's is missing.
  const missing = mayCall('schedule.warning', me)
    ? await callApi(event, (api) => api.schedule.warning.query())
    : null;
  return {
    account: accountOf(language, me),
    missingSchedule: missing && missingSchedule(language, missing, mayCall('schedule.departments', me)),
  };
};
