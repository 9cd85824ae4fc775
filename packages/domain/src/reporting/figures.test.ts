import { describe, expect, it } from 'vitest';
import {
  addSums,
  addWaits,
  highestOf,
  INDICATORS,
  indicatorsOf,
  medianWait,
  NO_SUMS,
  type Sums,
} from './figures.ts';

const sums = (changes: Partial<Sums>): Sums => ({ ...NO_SUMS, ...changes });

describe('indicators', () => {
  it.each<[string, Partial<Sums>, (typeof INDICATORS)[number], number | null]>([
    ['nobody was expected', { bookings: 3, cancelled: 3 }, 'no-show-share', null],
    ['three of four came', { bookings: 9, kept: 3, missed: 1, cancelled: 2 }, 'no-show-share', 0.25],
    ['cancelled bookings count among all', { bookings: 8, cancelled: 2 }, 'cancelled-share', 0.25],
    ['nobody with a booking was called', { visits: 2, live: 2 }, 'punctual-share', null],
    ['called in time', { called: 4, calledInTime: 3 }, 'punctual-share', 0.75],
    ['twelve served in four hours', { served: 12, receptionMinutes: 240 }, 'served-per-hour', 3],
    ['no reception at all', { served: 0, receptionMinutes: 0 }, 'served-per-hour', null],
    ['half came through the live queue', { visits: 10, live: 5 }, 'live-share', 0.5],
    ['nine of ten messages arrived', { settled: 10, delivered: 9 }, 'delivered-share', 0.9],
  ])('K10: %s', (_, changes, indicator, value) => {
    expect(indicatorsOf(sums(changes), new Map(), null)[indicator]).toBe(value);
  });

  it('K10: every indicator has a value, if only none', () => {
    expect(Object.keys(indicatorsOf(NO_SUMS, new Map(), 5))).toEqual([...INDICATORS]);
    expect(indicatorsOf(NO_SUMS, new Map(), 5)['next-free-days']).toBe(5);
  });

  it('P11: sums of departments make those of the region, and shares are made of sums, not of shares', () => {
    const small = sums({ kept: 1, missed: 1 });
    const large = sums({ kept: 98, missed: 0 });
    const both = addSums([small, large]);
    expect(both).toMatchObject({ kept: 99, missed: 1, bookings: 0 });
    expect(indicatorsOf(both, new Map(), null)['no-show-share']).toBe(0.01);
  });

  it.each([
    [[], null],
    [[[4, 1]], 4],
    [
      [
        [9, 1],
        [2, 1],
      ],
      5.5,
    ],
    [
      [
        [3, 2],
        [30, 1],
      ],
      3,
    ],
    [
      [
        [1, 0],
        [7, 3],
      ],
      7,
    ],
  ] as [[number, number][], number | null][])(
    'K10: the middle of the waits %j is %s days',
    (waits, median) => {
      expect(medianWait(new Map(waits))).toBe(median);
    },
  );

  it('P11: waits of departments are put together before the middle is taken', () => {
    const together = addWaits([
      new Map([[1, 3]]),
      new Map([
        [1, 1],
        [10, 1],
      ]),
    ]);
    expect([...together]).toEqual([
      [1, 4],
      [10, 1],
    ]);
    expect(medianWait(together)).toBe(1);
  });

  it('K10: the highest value leads; rows without one never do', () => {
    expect(
      highestOf([{ value: null }, { value: 2 }, { value: 5 }, { value: 5 }], (row) => row.value),
    ).toEqual({
      value: 5,
    });
    expect(highestOf([{ value: null }], (row) => row.value)).toBeNull();
  });
});
