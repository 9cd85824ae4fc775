import type { RequestEvent } from '@sveltejs/kit';
import { ask } from './ask.ts';

/**
 * GV-03: the words that a wording of the consent uses: those of the day the wording is named by, so that what somebody agreed to
 * reads the same for ever.
 */
export function termsOfConsent(event: RequestEvent, version: string) {
  return ask(event, event.locals.api.terms.on.query({ day: version }));
}
