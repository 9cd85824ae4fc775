import { redirect } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

/** The bare address leads to the language chosen last. */
export const load: PageServerLoad = ({ locals }) => redirect(307, `/${locals.language}`);
