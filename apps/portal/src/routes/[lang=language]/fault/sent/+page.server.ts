import { redirect } from '@sveltejs/kit';
import { sentReport } from '#lib/server/kept-answers.ts';
import type { PageServerLoad } from './$types';

/** C31: the number of the report just sent; it asks neither the API nor the database. */
export const load: PageServerLoad = ({ cookies, locals }) => {
  const sent = sentReport.read(cookies);
  if (!sent) redirect(303, `/${locals.language}/fault`);
  return sent;
};
