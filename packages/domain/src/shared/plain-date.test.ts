import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  addMinutes,
  addMonths,
  daysBetween,
  eachDay,
  isPlainDate,
  isPlainTime,
  type PlainDate,
  plainDate,
  plainTime,
  toBusinessDate,
  toBusinessTime,
  toInstant,
  weekday,
} from './plain-date.ts';

/** Any date of the years 1900 to 2100. */
const anyDate = fc
  .integer({ min: Date.UTC(1900, 0, 1) / 86_400_000, max: Date.UTC(2100, 11, 31) / 86_400_000 })
  .map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10) as PlainDate);

/** Length of a month by the rule everybody learns at school, not by Date. */
function slowMonthLength(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** The next date, by counting on paper. */
function slowNextDay(date: PlainDate): PlainDate {
  let [year, month, day] = date.split('-').map(Number) as [number, number, number];
  day += 1;
  if (day > slowMonthLength(year, month)) {
    day = 1;
    month += 1;
  }
  if (month > 12) {
    month = 1;
    year += 1;
  }
  return plainDate(
    `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`,
  );
}

describe('Calendar dates', () => {
  test.each([
    '2026-02-29',
    '2026-02-30',
    '2026-13-01',
    '2026-00-10',
    '2026-1-1',
    '26-01-01',
    '',
    '2026-11-23T00:00',
    ' 2026-11-23',
  ])('a text that names no day is no date: %s', (text) => {
    expect(isPlainDate(text)).toBe(false);
    expect(() => plainDate(text)).toThrow('Not a calendar date');
  });

  test.each(['2026-11-23', '2028-02-29', '2000-02-29', '1999-12-31'])(
    'a day of the calendar is a date: %s',
    (text) => {
      expect(plainDate(text)).toBe(text);
    },
  );

  test.each(['24:00', '9:00', '09:60', '0900', ''])(
    'a text that names no time of day is refused: %s',
    (text) => {
      expect(isPlainTime(text)).toBe(false);
      expect(() => plainTime(text)).toThrow('Not a time of day');
    },
  );

  test('walking two centuries day by day meets every date once and the seven weekdays in turn', () => {
    let date = plainDate('1900-01-01');
    let expectedWeekday = 1; // 1 January 1900 was a Monday.
    for (let count = 0; count < 73_414; count += 1) {
      expect(weekday(date)).toBe(expectedWeekday);
      const next = slowNextDay(date);
      if (addDays(date, 1) !== next) expect(addDays(date, 1)).toBe(next);
      date = next;
      expectedWeekday = (expectedWeekday % 7) + 1;
    }
    expect(date).toBe('2101-01-01');
  });

  test('days forward and back again lead to the same date, and daysBetween counts them', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -20_000, max: 20_000 }), (date, days) => {
        const there = addDays(date, days);
        expect(addDays(there, -days)).toBe(date);
        expect(daysBetween(date, there)).toBe(days);
        expect(there < date).toBe(days < 0);
      }),
    );
  });

  test('eachDay has both ends and every day between, and nothing when the end lies before the beginning', () => {
    expect(eachDay(plainDate('2026-12-30'), plainDate('2027-01-02'))).toEqual([
      '2026-12-30',
      '2026-12-31',
      '2027-01-01',
      '2027-01-02',
    ]);
    expect(eachDay(plainDate('2026-12-30'), plainDate('2026-12-30'))).toEqual(['2026-12-30']);
    expect(eachDay(plainDate('2026-12-30'), plainDate('2026-12-29'))).toEqual([]);
  });
});

describe('A month later', () => {
  test.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2026-01-28', 1, '2026-02-28'],
    ['2026-02-28', 1, '2026-03-28'],
    ['2026-03-31', 1, '2026-04-30'],
    ['2026-08-31', 1, '2026-09-30'],
    ['2026-12-31', 1, '2027-01-31'],
    ['2026-12-05', 1, '2027-01-05'],
    ['2028-02-29', 12, '2029-02-28'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-01-15', -1, '2025-12-15'],
    ['0026-01-31', 1, '0026-02-28'],
  ])('EQ-08: %s and %i month is %s', (date, months, expected) => {
    expect(addMonths(plainDate(date), months)).toBe(expected);
  });

  test('EQ-08: the day stays, or becomes the last day of the shorter month, over 10,000 dates', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -60, max: 60 }), (date, months) => {
        const [year, month, day] = date.split('-').map(Number) as [number, number, number];
        let [targetYear, targetMonth] = [year, month];
        for (let left = Math.abs(months); left > 0; left -= 1) {
          targetMonth += Math.sign(months);
          if (targetMonth === 13) [targetYear, targetMonth] = [targetYear + 1, 1];
          if (targetMonth === 0) [targetYear, targetMonth] = [targetYear - 1, 12];
        }
        const targetDay = Math.min(day, slowMonthLength(targetYear, targetMonth));
        const expected = `${targetYear}-${String(targetMonth).padStart(2, '0')}-${String(targetDay).padStart(2, '0')}`;
        expect(addMonths(date, months)).toBe(expected);
      }),
      { numRuns: 10_000 },
    );
  });
});

describe('Time on the wall in Kazakhstan', () => {
  test.each([
    ['2026-11-22T18:59:59Z', '2026-11-22', '23:59'],
    ['2026-11-22T19:00:00Z', '2026-11-23', '00:00'],
    ['2026-12-31T19:00:00Z', '2027-01-01', '00:00'],
    ['2026-11-23T04:00:00Z', '2026-11-23', '09:00'],
    // Almaty was five hours ahead only since March 2024; before that it was six.
    ['2024-02-29T17:59:00Z', '2024-02-29', '23:59'],
    ['2024-02-29T18:00:00Z', '2024-02-29', '23:00'],
  ])('%s is %s %s', (instant, date, time) => {
    expect(toBusinessTime(new Date(instant))).toEqual({ date, time });
    expect(toBusinessDate(new Date(instant))).toBe(date);
  });

  test('a date and a time give an instant that shows just them on the wall', () => {
    const since2024 = anyDate.filter((date) => date > '2024-03-02');
    fc.assert(
      fc.property(
        since2024,
        fc.integer({ min: 0, max: 23 }),
        fc.integer({ min: 0, max: 59 }),
        (date, hour, minute) => {
          const time = plainTime(`${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
          const instant = toInstant(date, time);
          expect(toBusinessTime(instant)).toEqual({ date, time });
          expect(instant.toISOString()).toBe(new Date(`${date}T${time}:00+05:00`).toISOString());
        },
      ),
    );
  });

  test('minutes are added to the instant, whatever the day', () => {
    expect(addMinutes(new Date('2026-11-22T18:50:00Z'), 15).toISOString()).toBe('2026-11-22T19:05:00.000Z');
    expect(addMinutes(new Date('2026-11-22T18:50:00Z'), -60).toISOString()).toBe('2026-11-22T17:50:00.000Z');
  });
});
