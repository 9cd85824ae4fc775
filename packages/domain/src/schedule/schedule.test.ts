import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { workingCalendar } from '../calendar/index.ts';
import { addDays, eachDay, type PlainDate, plainDate, plainTime } from '../shared/index.ts';
import {
  compareSchedule,
  coverageOf,
  cutPeriods,
  decideSchedule,
  firstOpenDay,
  joinPeriods,
  type KnownPlace,
  monthsOfSchedule,
  samePeriods,
  scheduleDueOn,
  scheduleWarning,
  uncoveredDays,
  workingDaysWithin,
} from './index.ts';

const period = (from: string, until: string, placesPerStart = 1) => ({
  from: plainDate(from),
  until: plainDate(until),
  placesPerStart,
});
const today = plainDate('2026-11-23');

describe('Periods of a schedule', () => {
  test('EQ-04: on a day of 2026 the running year can change from tomorrow, the next from 1 January, no other at all', () => {
    expect(firstOpenDay(2026, today)).toBe('2026-11-24');
    expect(firstOpenDay(2027, today)).toBe('2027-01-01');
    expect(firstOpenDay(2025, today)).toBeNull();
    expect(firstOpenDay(2028, today)).toBeNull();
    expect(firstOpenDay(2026, plainDate('2026-12-31'))).toBeNull();
    expect(firstOpenDay(2027, plainDate('2026-12-31'))).toBe('2027-01-01');
  });

  test('EQ-03: periods in any order are sorted, and neighbours alike become one', () => {
    const written = [
      period('2027-07-01', '2027-12-31', 2),
      period('2027-01-01', '2027-03-31'),
      period('2027-04-01', '2027-06-30'),
    ];
    expect(decideSchedule(written, 2027, today)).toEqual({
      ok: true,
      value: [period('2027-01-01', '2027-06-30'), period('2027-07-01', '2027-12-31', 2)],
    });
  });

  test.each([
    ['overlaps-itself', 1, [period('2027-01-01', '2027-06-30'), period('2027-06-30', '2027-12-31')]],
    ['overlaps-itself', 1, [period('2027-06-30', '2027-12-31'), period('2027-01-01', '2027-06-30')]],
    [
      'overlaps-itself',
      2,
      [
        period('2027-06-01', '2027-06-02'),
        period('2027-02-01', '2027-02-01'),
        period('2027-01-01', '2027-03-31'),
      ],
    ],
    ['ends-before-it-begins', 0, [period('2027-06-30', '2027-06-29')]],
    ['outside-year', 0, [period('2027-06-30', '2028-01-01')]],
    ['outside-year', 0, [period('2026-12-31', '2027-01-01')]],
  ])('EQ-03: %s is told of period %i', (reason, index, periods) => {
    expect(decideSchedule(periods, 2027, today)).toEqual({ ok: false, refusal: { reason, period: index } });
  });

  test('EQ-03: today and the past do not change', () => {
    expect(decideSchedule([period('2026-11-23', '2026-12-31')], 2026, today)).toEqual({
      ok: false,
      refusal: { reason: 'day-passed', period: 0 },
    });
    expect(decideSchedule([period('2026-11-24', '2026-12-31')], 2026, today).ok).toBe(true);
  });

  test('EQ-03: whatever periods are written, what is accepted covers every day at most once and says what was written', () => {
    const start = plainDate('2027-01-01');
    const any = fc
      .tuple(fc.nat(364), fc.nat(60), fc.integer({ min: 1, max: 3 }))
      .map(([offset, length, places]) =>
        period(addDays(start, offset), addDays(start, Math.min(364, offset + length)), places),
      );
    fc.assert(
      fc.property(fc.array(any, { minLength: 1, maxLength: 6 }), (periods) => {
        const covering = (list: readonly ReturnType<typeof period>[], day: PlainDate) =>
          list.filter((one) => one.from <= day && day <= one.until).map((one) => one.placesPerStart);
        const days = eachDay(start, plainDate('2027-12-31'));
        const twice = days.some((day) => covering(periods, day).length > 1);
        const decision = decideSchedule(periods, 2027, today);
        expect(decision.ok).toBe(!twice);
        if (!decision.ok) return;
        for (const day of days) expect(covering(decision.value, day)).toEqual(covering(periods, day));
      }),
      { numRuns: 200 },
    );
  });

  test('EQ-03: a part of periods is cut at both ends', () => {
    const year = [period('2026-11-22', '2027-06-30', 2), period('2027-07-01', '2027-12-31')];
    expect(cutPeriods(year, plainDate('2027-01-01'), plainDate('2027-07-15'))).toEqual([
      period('2027-01-01', '2027-06-30', 2),
      period('2027-07-01', '2027-07-15'),
    ]);
    expect(cutPeriods(year, plainDate('2028-01-01'), plainDate('2028-12-31'))).toEqual([]);
    expect(samePeriods(joinPeriods(year), year)).toBe(true);
    expect(samePeriods(year, year.slice(1))).toBe(false);
  });
});

describe('A schedule that is missing', () => {
  test.each([
    ['2026-11-30', 'none', 'none'],
    ['2026-12-01', 'none', 'due'],
    ['2026-12-01', 'part', 'due'],
    ['2026-12-01', 'whole', 'none'],
    ['2026-12-24', 'none', 'due'],
    ['2026-12-25', 'none', 'overdue'],
    ['2026-12-31', 'part', 'overdue'],
    ['2027-01-01', 'none', 'none'],
  ] as const)('EQ-04: on %s with coverage %s of the next year: %s', (day, coverage, warning) => {
    expect(scheduleWarning(plainDate(day), coverage)).toBe(warning);
  });

  test('EQ-04: before 25 December means that 24 December is the last day', () => {
    expect(scheduleDueOn(2027)).toBe('2026-12-24');
  });

  test('EQ-04: coverage counts working days only', () => {
    const calendar = workingCalendar([{ date: plainDate('2027-01-01'), kind: 'holiday' }]);
    const days = workingDaysWithin(calendar, plainDate('2027-01-01'), plainDate('2027-01-10'));
    expect(days).toEqual(['2027-01-04', '2027-01-05', '2027-01-06', '2027-01-07', '2027-01-08']);
    const uncovered = uncoveredDays([period('2027-01-04', '2027-01-07')], days);
    expect(uncovered).toEqual(['2027-01-08']);
    expect(coverageOf(days.length, uncovered.length)).toBe('part');
    expect(coverageOf(5, 0)).toBe('whole');
    expect(coverageOf(5, 5)).toBe('none');
  });
});

describe('What a publication changes', () => {
  const nine = plainTime('09:00');
  const wanted = (day: string, placeNo = 1) => ({ day: plainDate(day), startsAt: nine, placeNo });
  const known = (
    id: number,
    day: string,
    placeNo: number,
    mark: KnownPlace['mark'],
    booked = false,
  ): KnownPlace => ({
    id,
    ...wanted(day, placeNo),
    mark,
    booked,
  });
  const never = () => false;

  test('EQ-03: missing places are added, withdrawn ones opened, needless ones withdrawn, and who has booked is named', () => {
    const difference = compareSchedule(
      [wanted('2027-01-04'), wanted('2027-01-05'), wanted('2027-01-06')],
      [
        known(1, '2027-01-04', 1, 'open'),
        known(2, '2027-01-04', 2, 'open'),
        known(3, '2027-01-04', 3, 'open', true),
        known(4, '2027-01-05', 1, 'withdrawn'),
        known(5, '2027-01-05', 2, 'withdrawn'),
      ],
      never,
    );
    expect(difference.add).toEqual([wanted('2027-01-06')]);
    expect(difference.reopen.map((place) => place.id)).toEqual([4]);
    expect(difference.withdraw.map((place) => place.id)).toEqual([2, 3]);
    expect(difference.kept.map((place) => place.id)).toEqual([3]);
  });

  test('EQ-09: nothing is added on a closed day; a place of a day off keeps its mark, one of a trip is withdrawn when needless', () => {
    const difference = compareSchedule(
      [wanted('2027-01-04'), wanted('2027-01-05')],
      [
        known(1, '2027-01-06', 1, 'calendar'),
        known(2, '2027-01-05', 2, 'closed'),
        known(3, '2027-01-05', 1, 'closed'),
      ],
      (day) => day === '2027-01-04',
    );
    expect(difference.add).toEqual([]);
    expect(difference.reopen).toEqual([]);
    expect(difference.withdraw.map((place) => place.id)).toEqual([2]);
  });

  test('EQ-03: doing what the difference says leaves no difference', () => {
    const day = fc.nat(6).map((offset) => addDays(plainDate('2027-01-04'), offset));
    const place = fc.record({ day, placeNo: fc.integer({ min: 1, max: 3 }) });
    const nameOf = (one: { day: string; placeNo: number }) => `${one.day} ${one.placeNo}`;
    fc.assert(
      fc.property(
        fc.uniqueArray(place, { selector: nameOf }),
        fc.uniqueArray(
          fc.record({ place, mark: fc.constantFrom('open', 'closed', 'withdrawn'), booked: fc.boolean() }),
          { selector: (one) => nameOf(one.place) },
        ),
        (asked, existing) => {
          const before = existing.map(
            ({ place: one, mark, booked }, index) =>
              ({ id: index, startsAt: nine, ...one, mark, booked }) as KnownPlace,
          );
          const request = asked.map((one) => ({ startsAt: nine, ...one }));
          const { add, reopen, withdraw } = compareSchedule(request, before, never);
          const marks = new Map<number, KnownPlace['mark']>([
            ...reopen.map((one) => [one.id, 'open'] as const),
            ...withdraw.map((one) => [one.id, 'withdrawn'] as const),
          ]);
          const after = [
            ...before.map((one) => ({ ...one, mark: marks.get(one.id) ?? one.mark })),
            ...add.map((one, index) => ({ ...one, id: 1000 + index, mark: 'open' as const, booked: false })),
          ];
          expect(compareSchedule(request, after, never)).toEqual({
            add: [],
            reopen: [],
            withdraw: [],
            kept: [],
          });
          expect(
            after
              .filter((one) => one.mark === 'open')
              .map(nameOf)
              .sort()
              .every((name) => request.map(nameOf).includes(name)),
          ).toBe(true);
        },
      ),
    );
  });

  test('EQ-03: months count the days and places before and after', () => {
    expect(
      monthsOfSchedule(
        [wanted('2027-02-01'), wanted('2027-02-01', 2), wanted('2027-02-02')],
        [
          known(1, '2027-01-29', 1, 'open', true),
          known(2, '2027-02-01', 1, 'open'),
          known(3, '2027-02-03', 1, 'withdrawn', true),
        ],
        (day) => day === '2027-02-02',
      ),
    ).toEqual([
      { month: '2027-01', daysBefore: 1, daysAfter: 0, placesBefore: 1, placesAfter: 0, booked: 1 },
      { month: '2027-02', daysBefore: 1, daysAfter: 1, placesBefore: 1, placesAfter: 2, booked: 1 },
    ]);
  });
});
