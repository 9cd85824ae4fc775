import { translator } from '@mse/i18n';
import { redirect } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

/** The home of a role is its page of work; with several, the first. Only a role without a page stays here. */
export const load: PageServerLoad = async ({ parent, locals }) => {
  const { account } = await parent();
  const first = account.sections[0];
  if (first) redirect(303, first.href);
  const t = translator(locals.language);
  return {
    words: {
      title: t('staff:home.title'),
      none: t('staff:home.none'),
      roles: t('staff:home.roles'),
      service: t('staff:app.name'),
    },
  };
};
