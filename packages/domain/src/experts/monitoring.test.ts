import { describe, expect, test } from 'vitest';
import { allWork, differsFar, LEAST_COUNTED, workShares } from './monitoring.ts';

describe('monitoring of experts', () => {
  test('R01: shares are said from ten cases on, hidden below', () => {
    const few = { services: 9, inTime: 9, counted: 9, met: 3 };
    expect(workShares(few)).toEqual({ inTime: null, differing: null });
    const enough = { services: LEAST_COUNTED, inTime: 9, counted: LEAST_COUNTED, met: 7 };
    expect(workShares(enough)).toEqual({ inTime: 90, differing: 30 });
  });

  test('R01: the average is made of all cases, not of the shares', () => {
    const works = [
      { services: 90, inTime: 90, counted: 90, met: 90 },
      { services: 10, inTime: 0, counted: 10, met: 0 },
    ];
    expect(workShares(allWork(works))).toEqual({ inTime: 90, differing: 10 });
  });

  test.each([
    [30, 10, true],
    [19.9, 10, false],
    [20, 10, true],
    [12, 5, false],
    [null, 10, false],
    [30, null, false],
  ])('R01: %s against an average of %s is a sign to look: %s', (own, average, far) => {
    expect(differsFar({ inTime: null, differing: own }, { inTime: null, differing: average })).toBe(far);
  });
});
