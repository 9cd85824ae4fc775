import { translator } from '@mse/i18n';
import type { RequestEvent } from '@sveltejs/kit';
import { heard } from './flash.ts';

/** The sentence left by the page before, in the language of this one; null when there is none. */
export function saidBefore(event: RequestEvent): { tone: 'done' | 'problem'; text: string } | null {
  const said = heard(event.cookies);
  return said ? { tone: said.tone, text: translator(event.locals.language)(said.key, said.params) } : null;
}
