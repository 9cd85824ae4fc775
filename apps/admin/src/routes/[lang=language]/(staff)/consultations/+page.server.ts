import { translator } from '@mse/i18n';
import { callApi } from '#lib/server/api.ts';
import { heard } from '#lib/server/flash.ts';
import type { PageServerLoad } from './$types';

/** PX-22: questions of departments to the methodology and control department. */
export const load: PageServerLoad = async (event) => {
  const said = heard(event.cookies);
  return {
    ...(await callApi(event, (api) => api.inPerson.consultations.query())),
    said: said ? translator(event.locals.language)(said.key, said.params) : null,
  };
};
