import { Month, Region } from '@mse/contracts/journals';
import { error } from '@sveltejs/kit';
import { apiFile } from '#lib/server/api-file.ts';
import type { RequestHandler } from './$types';

/** JR-02: the journal of a month on paper. */
export const GET: RequestHandler = (event) => {
  const month = Month.safeParse(event.url.searchParams.get('month'));
  const region = Region.safeParse(event.url.searchParams.get('region'));
  if (!month.success) error(404, 'not found');
  return apiFile(event, `/files/journal/${month.data}.pdf${region.success ? `?region=${region.data}` : ''}`);
};
