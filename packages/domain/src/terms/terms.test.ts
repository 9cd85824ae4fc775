import { describe, expect, test } from 'vitest';
import { plainDate } from '../shared/index.ts';
import { decideTermSet, TERMS, type TermSet, termsOn } from './terms.ts';

const words = (text: string) => ({ kk: text, ru: text, en: text });
const set = (term: string, validFrom: string, text: string): TermSet => ({
  term,
  validFrom: plainDate(validFrom),
  words: words(text),
  basis: 'act',
});
const sets = TERMS.flatMap((term) => [
  set(term, '2026-07-12', `new ${term}`),
  set(term, '2023-07-01', `old ${term}`),
]);

describe('Words that change by law', () => {
  test.each([
    ['2020-01-01', 'old information-system'],
    ['2026-07-11', 'old information-system'],
    ['2026-07-12', 'new information-system'],
    ['2030-01-01', 'new information-system'],
  ])('GV-03: on %s the texts say %s', (day, expected) => {
    expect(termsOn(sets, plainDate(day))['information-system'].kk).toBe(expected);
  });

  test('GV-03: a term without words stops the text instead of leaving a hole in it', () => {
    expect(() => termsOn(sets.slice(2), plainDate('2026-07-12'))).toThrow('digital-government');
  });

  const today = plainDate('2026-11-23');
  test.each([
    ['2026-11-23', 'x', 'day-passed'],
    ['2020-01-01', 'x', 'day-passed'],
    ['2027-01-01', 'new information-system', 'same-words'],
  ])('GV-03: words from %s are refused (%#)', (day, text, refusal) => {
    const wanted = { term: 'information-system', validFrom: plainDate(day), words: words(text) };
    expect(decideTermSet(sets, wanted, today)).toEqual({ ok: false, refusal });
  });

  test('GV-03: tomorrow is early enough, and a day holds one set of words', () => {
    const wanted = set('information-system', '2026-11-24', 'newest');
    expect(decideTermSet(sets, wanted, today).ok).toBe(true);
    expect(decideTermSet([...sets, wanted], { ...wanted, words: words('other') }, today)).toEqual({
      ok: false,
      refusal: 'day-taken',
    });
  });
});
