import { SERVICE_MODE } from '$app/env/private';
import { shellWords } from '#lib/server/shell-words.ts';
import type { LayoutServerLoad } from './$types';

/** The frame of every page. It asks the API nothing, so that the frame stands even when the API is silent. */
export const load: LayoutServerLoad = ({ locals }) => ({
  shell: shellWords(locals.language),
  demo: SERVICE_MODE === 'demo',
});
