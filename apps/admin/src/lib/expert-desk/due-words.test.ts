import { describe, expect, test } from 'vitest';
import { dueWords } from './due-words.ts';

describe('X01: a deadline in words', () => {
  // 18:00 in Kazakhstan is 13:00 UTC.
  test.each([
    ['2026-11-26T13:00:00Z', '2026-11-26T04:00:00Z', 'бүгін 18:00-ге дейін'],
    ['2026-11-26T13:00:00Z', '2026-11-26T13:00:00Z', 'бүгін 18:00-ге дейін'],
    ['2026-11-27T13:00:00Z', '2026-11-26T18:59:00Z', 'ертең 18:00-ге дейін'],
    // Midnight in Kazakhstan has passed.
    ['2026-11-27T13:00:00Z', '2026-11-26T19:00:00Z', 'бүгін 18:00-ге дейін'],
    ['2026-11-30T13:00:00Z', '2026-11-26T04:00:00Z', '30.11.2026, 18:00-ге дейін'],
    ['2026-11-26T13:00:00Z', '2026-11-26T13:00:01Z', 'мерзімі 26.11.2026, 18:00 өтті'],
  ])('X01: due %s, now %s: %s', (due, now, words) => {
    expect(dueWords('kk', due, now)).toBe(words);
  });
});
