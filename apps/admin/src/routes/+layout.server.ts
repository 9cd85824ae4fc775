import { errorWords } from '#lib/server/error-words.ts';
import type { LayoutServerLoad } from './$types';

/** Words for a trouble the browser meets by itself, when no server is left to make them. */
export const load: LayoutServerLoad = ({ locals }) => ({
  language: locals.language,
  trouble: errorWords(locals.language, 500, locals.requestId),
});

export const csr = false;
