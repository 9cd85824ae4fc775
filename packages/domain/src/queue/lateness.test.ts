import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainDate, plainTime, toInstant } from '../shared/index.ts';
import { isLate, lastArrival } from './lateness.ts';

const startsAt = toInstant(plainDate('2026-11-23'), plainTime('09:00'));
const after = (seconds: number) => new Date(startsAt.getTime() + seconds * 1000);

describe('Lateness', () => {
  test('EQ-14: arrival at +15:00 is in time, +15:01 is late', () => {
    expect(isLate(startsAt, after(15 * 60))).toBe(false);
    expect(isLate(startsAt, after(15 * 60 + 1))).toBe(true);
  });

  test.each([
    [-3600, false],
    [0, false],
    [14 * 60 + 59, false],
    [15 * 60 + 0.999, false],
    [15 * 60 + 1, true],
    [16 * 60, true],
    [86_400, true],
  ])('EQ-14: %f seconds after the appointed time is late: %s', (seconds, late) => {
    expect(isLate(startsAt, after(seconds))).toBe(late);
  });

  test('EQ-14: the last arrival in time is a quarter of an hour after the appointed time', () => {
    expect(lastArrival(startsAt).toISOString()).toBe('2026-11-23T04:15:00.000Z');
  });

  test('EQ-14: nobody is late before the last arrival, everybody is a second after it, whatever the minutes of the law', () => {
    fc.assert(
      fc.property(fc.nat(120), fc.integer({ min: -10_000, max: 10_000 }), (minutes, seconds) => {
        expect(isLate(startsAt, after(seconds), minutes)).toBe(seconds > minutes * 60);
      }),
    );
  });
});
