import { cleanText } from './clean-text.ts';
import { findIdentity } from './find-identity.ts';
import { knownIdentity } from './identity.ts';

const NOBODY = knownIdentity({
  people: [],
  birthDates: [],
  numbers: [],
  organisations: [],
  places: [],
  addresses: [],
});

/**
 * PX-04: whether a text that is to stand in many decisions holds what identifies somebody by its form alone: a long number, a phone, an
 * address, a document, a contact, a year of birth, a named organisation. Names are not known here; a phrase has no room for them.
 */
export function saysWho(text: string): boolean {
  return findIdentity(cleanText(text), NOBODY, new Map()).length > 0;
}
