import { isPlainDate } from '@mse/domain/shared';
import { translator } from '@mse/i18n';
import { callApi } from '#lib/server/api.ts';
import { heard } from '#lib/server/flash.ts';
import type { PageServerLoad } from './$types';

/** K06: a week of the department and its closed periods. */
export const load: PageServerLoad = async (event) => {
  const { locals, url, cookies } = event;
  const t = translator(locals.language);
  const wanted = url.searchParams.get('day');
  const day = wanted !== null && isPlainDate(wanted) ? wanted : undefined;
  const said = heard(cookies);
  return {
    week: await callApi(event, (api) => api.closures.week.query(day ? { day } : {})),
    wrongDay: wanted !== null && day === undefined ? t('closures:invalidDay') : null,
    said: said ? { tone: said.tone, text: t(said.key, said.params) } : null,
  };
};
