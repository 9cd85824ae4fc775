import { PublicFiguresInput } from '@mse/contracts/reporting';
import { error } from '@sveltejs/kit';
import { ask } from '#lib/server/ask.ts';
import type { PageServerLoad } from './$types';

/** C36: open figures; the week whose regions are shown stands in the address. */
export const load: PageServerLoad = async (event) => {
  const week = event.url.searchParams.get('week');
  const input = PublicFiguresInput.safeParse(week ? { week } : {});
  if (!input.success) error(404, 'not-found');
  return { figures: await ask(event, event.locals.api.reporting.publicFigures.query(input.data)) };
};
