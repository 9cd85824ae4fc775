import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CalendarDay, workingCalendar } from '../calendar/index.ts';
import type { PolicyRow } from '../policies/index.ts';
import { addDays, type PlainDate, plainDate, plainTime, toBusinessTime, toInstant } from '../shared/index.ts';
import {
  caseTermBegins,
  type Counting,
  dueAfterSending,
  dueAt,
  isInTime,
  isOverdue,
  termOf,
  warnedUntil,
  warningTimes,
} from './due.ts';
import { slowDaysAfter, slowLastDay, type WallTime } from './slow-calendar.ts';
import { controlChannel, controlDueOn, invitationTimes } from './visits.ts';

const arrivalDay: Counting = { counting: 'arrival-day', cutOff: '16:00', dayEnds: '18:00' };
const nextDay: Counting = { ...arrivalDay, counting: 'next-day' };
const plain = workingCalendar([]);

/** Week of Monday 9 February 2026. */
const at = (day: string, time: string, seconds = 0) =>
  new Date(toInstant(plainDate(day), plainTime(time)).getTime() + seconds * 1000);
const shown = (instant: Date) => {
  const { date, time } = toBusinessTime(instant);
  return `${date} ${time}`;
};
const [MON, TUE, WED, THU, FRI, SAT] = [9, 10, 11, 12, 13, 14].map(
  (day) => `2026-02-${String(day).padStart(2, '0')}`,
) as [string, string, string, string, string, string];

const row = (key: string, value: unknown): PolicyRow => ({
  key,
  validFrom: plainDate('2025-01-01'),
  value,
  basis: 'test',
  assumed: false,
});
const policies = [
  row('terms.counting', 'arrival-day'),
  row('terms.cut-off', '16:00'),
  row('terms.day-ends', '18:00'),
  row('terms.days', { ordinary: 3, special: 1, redistributed: 1, extended: 10 }),
  row('terms.run-from', { ordinary: 'arrival', special: 'dealing' }),
  row('invitation.days', { repeatAfter: 2, closeAfter: 4 }),
  row('invitation.window', { from: '15:30', until: '18:00' }),
  row('control.days', 3),
];

describe('terms of experts', () => {
  test.each([
    ['Monday 10:00', MON, '10:00', 0, `${WED} 18:00`],
    ['Monday 16:00:00', MON, '16:00', 0, `${WED} 18:00`],
    ['Monday 16:00:01', MON, '16:00', 1, `${THU} 18:00`],
    ['Monday 16:01', MON, '16:01', 0, `${THU} 18:00`],
    ['Friday 17:00 of the week before', '2026-02-06', '17:00', 0, `${WED} 18:00`],
    ['Saturday of the week before', '2026-02-07', '11:00', 0, `${WED} 18:00`],
  ])('PX-20, PX-21: three working days from %s', (_name, day, time, seconds, due) => {
    expect(shown(dueAt(arrivalDay, plain, at(day, time, seconds), 3))).toBe(due);
    expect(shown(termOf(policies, plain, 'ordinary', at(day, time, seconds)))).toBe(due);
  });

  test.each([
    ['Monday 11:00', '11:00', arrivalDay, `${MON} 18:00`],
    ['Monday 16:30', '16:30', arrivalDay, `${TUE} 18:00`],
    ['Monday 11:00, counted the civil way', '11:00', nextDay, `${TUE} 18:00`],
    ['Monday 16:30, counted the civil way', '16:30', nextDay, `${WED} 18:00`],
  ])('SN-06, PX-03: one working day from %s', (_name, time, rules, due) => {
    expect(shown(dueAt(rules, plain, at(MON, time), 1))).toBe(due);
  });

  test('PX-21: the civil counting gives one working day more, whatever the term', () => {
    for (const days of [1, 2, 3, 10])
      expect(dueAt(nextDay, plain, at(MON, '10:00'), days)).toEqual(
        dueAt(arrivalDay, plain, at(MON, '10:00'), days + 1),
      );
  });

  test.each([
    [MON, '09:00', `${TUE} 18:00`],
    [MON, '17:59', `${TUE} 18:00`],
    [FRI, '17:00', '2026-02-16 18:00'],
    [SAT, '12:00', '2026-02-16 18:00'],
  ])('PX-17: a part that was moved on %s at %s is due one working day after that day', (day, time, due) => {
    expect(shown(dueAfterSending(arrivalDay, plain, at(day, time), 1))).toBe(due);
    expect(shown(dueAfterSending(nextDay, plain, at(day, time), 1))).toBe(due);
    expect(shown(termOf(policies, plain, 'redistributed', at(day, time)))).toBe(due);
  });

  test('PX-22: ten working days from the day of dealing', () => {
    expect(shown(termOf(policies, plain, 'extended', at(MON, '10:00')))).toBe('2026-02-20 18:00');
  });

  test('PX-16: the term of a case runs from its arrival, or from the arrival of its number at the experts, by its track', () => {
    const times = { arrivedAt: at(MON, '10:00'), dealtAt: at(WED, '09:00') };
    expect(caseTermBegins(policies, 'ordinary', times)).toEqual(times.arrivedAt);
    expect(caseTermBegins(policies, 'special', times)).toEqual(times.dealtAt);
    expect(caseTermBegins(policies, 'special', { ...times, dealtAt: null })).toBeNull();
  });

  test('PX-25: the last instant is in time, the next millisecond is late', () => {
    const due = at(WED, '18:00');
    expect([isInTime(due, due), isOverdue(due, due)]).toEqual([true, false]);
    const later = new Date(due.getTime() + 1);
    expect([isInTime(due, later), isOverdue(due, later)]).toEqual([false, true]);
  });

  test('PX-25: warned a working day and two hours before the end', () => {
    const warnings = { workingDays: 1, minutes: 120 };
    const monday = warningTimes(warnings, plain, at('2026-02-16', '18:00'));
    expect([shown(monday.days), shown(monday.minutes)]).toEqual([`${FRI} 18:00`, '2026-02-16 16:00']);
    expect(shown(warnedUntil(warnings, plain, '18:00', at(THU, '17:59')))).toBe(`${THU} 18:00`);
    expect(shown(warnedUntil(warnings, plain, '18:00', at(THU, '18:00')))).toBe(`${FRI} 18:00`);
    expect(shown(warnedUntil(warnings, plain, '18:00', at(SAT, '12:00')))).toBe('2026-02-16 18:00');
  });
});

describe('visits', () => {
  test('PX-36, PX-37: SMS on Monday, again on Thursday 00:00, closed after Friday 18:00', () => {
    const times = invitationTimes(policies, plain, at(MON, '16:20'));
    expect([shown(times.repeatAt), shown(times.closeAt)]).toEqual([`${THU} 00:00`, `${FRI} 18:00`]);
  });

  test('PX-41: three working days from the SMS, or from the receipt of the postal call', () => {
    const call = { sentAt: at(MON, '10:00'), receivedOn: null };
    expect(controlChannel('+77010000000')).toBe('sms');
    expect(controlChannel(null)).toBe('post');
    expect(controlDueOn(policies, plain, { channel: 'sms', ...call })).toBe(THU);
    expect(controlDueOn(policies, plain, { channel: 'post', ...call })).toBeNull();
    expect(controlDueOn(policies, plain, { channel: 'post', ...call, receivedOn: plainDate(FRI) })).toBe(
      '2026-02-18',
    );
  });
});

describe('against a slow calendar that shares nothing with the product', () => {
  const start = plainDate('2023-12-20');
  const anyDate = fc.nat(8 * 366).map((days) => addDays(start, days));
  /** Dates around the ends of years and of Februaries come more often than chance would bring them. */
  const anEdge = fc
    .tuple(
      fc.integer({ min: 2024, max: 2031 }),
      fc.constantFrom('-12-29', '-12-31', '-01-01', '-02-28', '-03-07', '-03-20'),
    )
    .map(([year, end]) => plainDate(`${year}${end}`));
  const anyDay = fc.oneof({ weight: 2, arbitrary: anyDate }, { weight: 1, arbitrary: anEdge });
  const exceptions = fc.uniqueArray(
    fc.record({
      date: anyDay,
      kind: fc.constantFrom<CalendarDay['kind'][]>('holiday', 'day-off', 'working'),
    }),
    { maxLength: 120, selector: ({ date }) => date },
  );
  /** Moved days near the arrival, where they matter. */
  const near = fc.array(
    fc.tuple(
      fc.integer({ min: -1, max: 14 }),
      fc.constantFrom<CalendarDay['kind'][]>('holiday', 'day-off', 'working'),
    ),
    { maxLength: 8 },
  );
  const anyTime = fc.oneof(
    fc.record({ hour: fc.nat(23), minute: fc.nat(59), second: fc.nat(59) }),
    fc.constantFrom(
      { hour: 15, minute: 59, second: 59 },
      { hour: 16, minute: 0, second: 0 },
      { hour: 16, minute: 0, second: 1 },
      { hour: 0, minute: 0, second: 0 },
      { hour: 23, minute: 59, second: 59 },
    ),
  );

  function daysOf(
    far: CalendarDay[],
    around: [number, CalendarDay['kind']][],
    day: PlainDate,
  ): CalendarDay[] {
    const all = new Map<string, CalendarDay>(far.map((each) => [each.date, each]));
    for (const [distance, kind] of around) {
      const date = addDays(day, distance);
      all.set(date, { date, kind });
    }
    return [...all.values()];
  }

  test('PX-20, PX-21, SN-06, T31: 20,000 arrivals, both countings, every end of a term the same', () => {
    fc.assert(
      fc.property(
        anyDay,
        anyTime,
        exceptions,
        near,
        fc.integer({ min: 1, max: 12 }),
        fc.constantFrom(arrivalDay, nextDay),
        (day, time, far, around, workingDays, rules) => {
          const days = daysOf(far, around, day);
          const [year, month, date] = day.split('-').map(Number) as [number, number, number];
          const wall: WallTime = { year, month, day: date, ...time };
          const arrived = at(
            day,
            `${String(time.hour).padStart(2, '0')}:${String(time.minute).padStart(2, '0')}`,
            time.second,
          );
          const expected = slowLastDay(days, wall, { workingDays, counting: rules.counting, cutOffHour: 16 });
          expect(shown(dueAt(rules, workingCalendar(days), arrived, workingDays))).toBe(`${expected} 18:00`);
        },
      ),
      { numRuns: 20_000 },
    );
  }, 60_000);

  test('PX-17, PX-36, PX-37, PX-41, T31: 10,000 days of sending, every last day the same', () => {
    fc.assert(
      fc.property(anyDay, anyTime, near, fc.integer({ min: 1, max: 5 }), (day, time, around, workingDays) => {
        const days = daysOf([], around, day);
        const calendar = workingCalendar(days);
        const [year, month, date] = day.split('-').map(Number) as [number, number, number];
        const sent = at(day, `${String(time.hour).padStart(2, '0')}:${String(time.minute).padStart(2, '0')}`);
        const after = (count: number) => slowDaysAfter(days, { year, month, day: date }, count);
        expect(shown(dueAfterSending(arrivalDay, calendar, sent, workingDays))).toBe(
          `${after(workingDays)} 18:00`,
        );
        const times = invitationTimes(policies, calendar, sent);
        expect(shown(times.repeatAt)).toBe(`${after(3)} 00:00`);
        expect(shown(times.closeAt)).toBe(`${after(4)} 18:00`);
        expect(controlDueOn(policies, calendar, { channel: 'sms', sentAt: sent, receivedOn: null })).toBe(
          after(3),
        );
      }),
      { numRuns: 10_000 },
    );
  }, 60_000);

  test('PX-25: what is warned of by a sweep is exactly what has its warning time behind it', () => {
    const warnings = { workingDays: 1, minutes: 120 };
    fc.assert(
      fc.property(anyDay, anyTime, near, fc.integer({ min: 0, max: 12 }), (day, time, around, ahead) => {
        const calendar = workingCalendar(daysOf([], around, day));
        const now = at(day, `${String(time.hour).padStart(2, '0')}:${String(time.minute).padStart(2, '0')}`);
        const dueDay = addDays(day, ahead);
        fc.pre(calendar.isWorkingDay(dueDay));
        const due = at(dueDay, '18:00');
        fc.pre(due > now);
        expect(due <= warnedUntil(warnings, calendar, '18:00', now)).toBe(
          warningTimes(warnings, calendar, due).days <= now,
        );
      }),
      { numRuns: 5_000 },
    );
  }, 60_000);
});
