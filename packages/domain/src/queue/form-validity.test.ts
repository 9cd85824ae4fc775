import { describe, expect, test } from 'vitest';
import { lastValidDay } from './form-validity.ts';

describe('Validity of form 031/у', () => {
  test.each([
    ['2026-11-23T04:00:00Z', '2026-12-23'],
    ['2026-01-31T04:00:00Z', '2026-02-28'],
    ['2026-12-31T04:00:00Z', '2027-01-31'],
    // Signed at half past midnight in Kazakhstan: the day there counts, not the day in London.
    ['2026-11-22T19:30:00Z', '2026-12-23'],
    ['2026-11-22T18:59:59Z', '2026-12-22'],
  ])('EQ-08: a form signed at %s holds until %s, that day included', (signedAt, day) => {
    expect(lastValidDay(new Date(signedAt))).toBe(day);
  });
});
