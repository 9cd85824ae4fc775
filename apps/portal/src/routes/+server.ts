import { redirect } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** The bare address opens in the language chosen last, in Kazakh otherwise; no page ever changes its language by itself. */
export const GET: RequestHandler = ({ locals }) => redirect(307, `/${locals.language}`);
