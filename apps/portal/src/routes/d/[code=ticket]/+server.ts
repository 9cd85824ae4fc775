import { redirect } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** Where the QR of a document leads: the public check, in the language chosen last. */
export const GET: RequestHandler = ({ locals, params }) =>
  redirect(307, `/${locals.language}/d/${params.code}`);
