import { translator } from '@mse/i18n';
import type { RequestEvent } from '@sveltejs/kit';
import { heard, say } from './flash.ts';

/** What the page before left to say, in the words of this page. */
export function saidBefore(event: RequestEvent) {
  const said = heard(event.cookies);
  return said ? { tone: said.tone, text: translator(event.locals.language)(said.key, said.params) } : null;
}

/** Leaves the outcome of taking a row back for the next page. `words` is the namespace that says it. */
export function sayTakenBack(
  event: RequestEvent,
  words: 'terms' | 'pilots',
  answer: { ok: true } | { ok: false; refusal: string },
): void {
  say(
    event.cookies,
    answer.ok
      ? { tone: 'done', key: `${words}:taken-back`, params: {} }
      : { tone: 'problem', key: `${words}:refusal.${answer.refusal}`, params: {} },
  );
}
