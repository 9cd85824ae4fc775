import { error } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

/** An address that is no page of ours: without this the page that says so would have neither header nor languages. */
export const load: PageServerLoad = () => error(404, 'not found');
