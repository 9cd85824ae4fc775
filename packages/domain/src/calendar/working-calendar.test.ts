import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, type PlainDate, plainDate } from '../shared/index.ts';
import { addWorkingDays, type CalendarDay, workingCalendar } from './working-calendar.ts';

/** Day of the week by Zeller's congruence, 1 is Monday: nothing of Date in it. */
function slowWeekday(date: PlainDate): number {
  const [writtenYear, writtenMonth, day] = date.split('-').map(Number) as [number, number, number];
  // January and February count as months 13 and 14 of the year before.
  const [year, month] = writtenMonth < 3 ? [writtenYear - 1, writtenMonth + 12] : [writtenYear, writtenMonth];
  const century = Math.floor(year / 100);
  const rest = year % 100;
  const zeller =
    (day +
      Math.floor((13 * (month + 1)) / 5) +
      rest +
      Math.floor(rest / 4) +
      Math.floor(century / 4) +
      5 * century) %
    7;
  return ((zeller + 5) % 7) + 1;
}

/** A calendar that reads the whole list anew for every question. */
function slowIsWorkingDay(days: readonly CalendarDay[], date: PlainDate): boolean {
  for (const day of days) if (day.date === date) return day.kind === 'working';
  return slowWeekday(date) !== 6 && slowWeekday(date) !== 7;
}

const start = plainDate('2025-01-01');
const anyDate = fc.nat(3 * 365).map((days) => addDays(start, days));
const anyDay = fc.record({
  date: anyDate,
  kind: fc.constantFrom<CalendarDay['kind'][]>('holiday', 'day-off', 'working'),
});
const anyDays = fc.uniqueArray(anyDay, { maxLength: 60, selector: (day) => day.date });

describe('Working calendar', () => {
  const days: CalendarDay[] = [
    { date: plainDate('2026-12-16'), kind: 'holiday' },
    { date: plainDate('2026-12-18'), kind: 'day-off' },
    { date: plainDate('2026-12-19'), kind: 'working' },
  ];
  const calendar = workingCalendar(days);

  test.each([
    ['2026-12-14', true, 'a Monday'],
    ['2026-12-12', false, 'a Saturday'],
    ['2026-12-13', false, 'a Sunday'],
    ['2026-12-16', false, 'a holiday in the week'],
    ['2026-12-18', false, 'a Friday moved to a Saturday'],
    ['2026-12-19', true, 'a Saturday worked in its place'],
  ])('EQ-02: %s works: %s (%s)', (date, works) => {
    expect(calendar.isWorkingDay(plainDate(date))).toBe(works);
  });

  test('EQ-02: the exception of a day is told, an ordinary day has none', () => {
    expect(calendar.exceptionOn(plainDate('2026-12-16'))).toBe('holiday');
    expect(calendar.exceptionOn(plainDate('2026-12-19'))).toBe('working');
    expect(calendar.exceptionOn(plainDate('2026-12-13'))).toBeUndefined();
  });

  test('EQ-02: agrees with an independent slow calendar on 20,000 generated dates', () => {
    let compared = 0;
    fc.assert(
      fc.property(anyDays, fc.array(anyDate, { minLength: 20, maxLength: 20 }), (exceptions, dates) => {
        const quick = workingCalendar(exceptions);
        for (const date of [...dates, ...exceptions.map((day) => day.date)]) {
          expect(quick.isWorkingDay(date)).toBe(slowIsWorkingDay(exceptions, date));
          compared += 1;
        }
      }),
      { numRuns: 1000 },
    );
    expect(compared).toBeGreaterThanOrEqual(20_000);
  });

  test('EQ-03: in three working days from Saturday 22 November 2025 it is Wednesday 26', () => {
    expect(addWorkingDays(workingCalendar([]), plainDate('2025-11-22'), 3)).toBe('2025-11-26');
  });

  test('EQ-03: counting working days agrees with counting them one by one, over 10,000 generated dates', () => {
    fc.assert(
      fc.property(anyDays, anyDate, fc.nat(25), (exceptions, from, count) => {
        const quick = workingCalendar(exceptions);
        const reached = addWorkingDays(quick, from, count);
        let passed = 0;
        for (let date = from; date < reached;) {
          date = addDays(date, 1);
          if (slowIsWorkingDay(exceptions, date)) passed += 1;
        }
        expect(passed).toBe(count);
        if (count === 0) expect(reached).toBe(from);
        else expect(slowIsWorkingDay(exceptions, reached)).toBe(true);
      }),
      { numRuns: 10_000 },
    );
  });
});
