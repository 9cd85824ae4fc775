import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainDate, weekday } from '../shared/index.ts';
import { proposeYear, type StatutoryDay } from './propose-year.ts';

const law = (key: string, month: number | null, day: number | null, more: Partial<StatutoryDay> = {}) => ({
  key,
  validFrom: plainDate('2022-01-01'),
  validUntil: null,
  month,
  day,
  kind: 'holiday' as const,
  moves: true,
  ...more,
});
const dayOff = { kind: 'day-off' as const, moves: false };
const LAWS: StatutoryDay[] = [
  law('new-year-1', 1, 1),
  law('new-year-2', 1, 2),
  law('christmas', 1, 7, dayOff),
  law('nauryz-1', 3, 21),
  law('nauryz-2', 3, 22),
  law('nauryz-3', 3, 23),
  law('constitution', 8, 30, { validUntil: plainDate('2026-06-30') }),
  law('constitution', 3, 15, { validFrom: plainDate('2026-07-01') }),
  law('victory', 5, 9),
  law('kurban-ait', null, null, dayOff),
];
const moved = (year: number) =>
  proposeYear(LAWS, year).flatMap(({ date, movedFrom }) => (movedFrom ? [`${movedFrom} > ${date}`] : []));

describe('The calendar of a year by law', () => {
  test.each([
    // Independent of the code: read off a wall calendar.
    [2026, ['2026-03-21 > 2026-03-24', '2026-03-22 > 2026-03-25', '2026-05-09 > 2026-05-11']],
    [2027, ['2027-01-02 > 2027-01-04', '2027-03-21 > 2027-03-24', '2027-05-09 > 2027-05-10']],
    [2028, ['2028-01-01 > 2028-01-03', '2028-01-02 > 2028-01-04']],
    [2029, []],
  ])('EQ-02: of %i a holiday on a weekend frees the next working day: %j', (year, wanted) => {
    expect(moved(year)).toEqual(wanted);
  });

  test('EQ-02: 7 January on a weekend frees no other day, and is none to move to', () => {
    const christmas = proposeYear(LAWS, 2029).find((each) => each.law.key === 'christmas');
    expect(christmas).toMatchObject({ date: '2029-01-07', kind: 'day-off', movedFrom: null });
    expect(weekday(plainDate('2029-01-07'))).toBe(7);
    const tight = [law('saturday', 1, 6), law('christmas', 1, 8, dayOff)];
    expect(proposeYear(tight, 2029).map(({ date }) => date)).toEqual([
      '2029-01-06',
      '2029-01-08',
      '2029-01-09',
    ]);
  });

  test('EQ-02: what is announced each year comes last and without a date', () => {
    expect(proposeYear(LAWS, 2027).at(-1)).toMatchObject({
      law: { key: 'kurban-ait' },
      date: null,
      kind: 'day-off',
    });
  });

  test('EQ-02: a day is proposed by the law in force on it', () => {
    const of = (year: number) =>
      proposeYear(LAWS, year)
        .filter(({ law, movedFrom }) => law.key === 'constitution' && !movedFrom)
        .map(({ date }) => date);
    expect([of(2025), of(2026), of(2027)]).toEqual([['2025-08-30'], [], ['2027-03-15']]);
  });

  test('EQ-02: over 150 years every holiday on a weekend has a free working day of its own, soon after it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2027, max: 2176 }), (year) => {
        const proposed = proposeYear(LAWS, year).filter((each) => each.date !== null);
        const dates = proposed.map((each) => each.date);
        expect(new Set(dates).size).toBe(dates.length);
        expect([...dates].sort()).toEqual(dates);
        const onWeekend = proposed.filter(
          ({ law: { moves }, date, movedFrom }) => moves && !movedFrom && date && weekday(date) > 5,
        );
        const free = proposed.filter(({ movedFrom }) => movedFrom);
        expect(free.map(({ movedFrom }) => movedFrom)).toEqual(onWeekend.map(({ date }) => date));
        for (const { date, movedFrom } of free) {
          if (!date || !movedFrom) throw new Error('nothing was moved');
          expect(weekday(date)).toBeLessThanOrEqual(5);
          expect(Date.parse(date) - Date.parse(movedFrom)).toBeLessThanOrEqual(6 * 86_400_000);
        }
      }),
    );
  });
});
