import { describe, expect, it } from 'vitest';
import { addDays, plainDate } from '../shared/index.ts';
import { daysOf, lastWholeWeeks, neighbourOf, PERIOD_KINDS, periodOf, slicesOf } from './period.ts';

const on = plainDate('2026-11-26');

describe('periods of a report', () => {
  it.each([
    ['day', '2026-11-26', '2026-11-26'],
    ['week', '2026-11-23', '2026-11-29'],
    ['month', '2026-11-01', '2026-11-30'],
    ['quarter', '2026-10-01', '2026-12-31'],
  ] as const)('K10: the %s of Thursday 26 November 2026', (kind, from, until) => {
    expect(periodOf(kind, on)).toEqual({ kind, from, until });
  });

  it('K10: periods follow each other without a gap, over the end of a year and in a leap year', () => {
    for (const kind of PERIOD_KINDS)
      for (const day of ['2026-11-26', '2026-12-31', '2027-01-01', '2028-02-29'].map(plainDate)) {
        const period = periodOf(kind, day);
        expect(neighbourOf(period, 'after').from).toBe(addDays(period.until, 1));
        expect(neighbourOf(period, 'before').until).toBe(addDays(period.from, -1));
        expect(neighbourOf(neighbourOf(period, 'after'), 'before')).toEqual(period);
      }
  });

  it('K10: the parts of a period are its days, each once', () => {
    for (const kind of PERIOD_KINDS) {
      const period = periodOf(kind, on);
      expect(slicesOf(period).flatMap(daysOf)).toEqual(daysOf(period));
    }
  });

  it('K10: weeks of a month are cut at its edges', () => {
    expect(slicesOf(periodOf('month', on))).toEqual([
      { from: '2026-11-01', until: '2026-11-01' },
      { from: '2026-11-02', until: '2026-11-08' },
      { from: '2026-11-09', until: '2026-11-15' },
      { from: '2026-11-16', until: '2026-11-22' },
      { from: '2026-11-23', until: '2026-11-29' },
      { from: '2026-11-30', until: '2026-11-30' },
    ]);
  });

  it('C36: whole weeks end before the current one begins', () => {
    expect(lastWholeWeeks(on, 2).map(({ from, until }) => [from, until])).toEqual([
      ['2026-11-09', '2026-11-15'],
      ['2026-11-16', '2026-11-22'],
    ]);
    expect(lastWholeWeeks(plainDate('2026-11-23'), 1)[0]?.until).toBe('2026-11-22');
  });
});
