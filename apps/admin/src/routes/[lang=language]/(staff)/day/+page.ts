import { error } from '@sveltejs/kit';
import { browser } from '$app/env';
import type { DeskDay } from '#lib/desk/types.ts';
import type { PageLoad } from './$types';

/** Longest wait for the rows, milliseconds; the page then says that the line is lost. */
const PATIENCE = 8000;

/**
 * The rows of the day. They are fetched apart from everything else, so that a living page reloads them alone
 * (`invalidate('desk:day')`) and keeps what it shows when nothing answers.
 */
export const load: PageLoad = async ({ fetch, url, params, data, depends }) => {
  depends('desk:day');
  const address = `/${params.lang}/day/data${data.wanted ? `?day=${data.wanted}` : ''}`;
  let status = 503;
  try {
    const answer = await fetch(address, browser ? { signal: AbortSignal.timeout(PATIENCE) } : {});
    status = answer.status;
    if (answer.ok) return { ...data, day: (await answer.json()) as DeskDay, reach: 'reached' as const };
  } catch (thrown) {
    if (!browser) throw thrown;
  }
  if (!browser) error(status, url.pathname);
  return { ...data, day: null, reach: status === 401 ? ('signed-out' as const) : ('unreachable' as const) };
};
