import { describe, expect, test } from 'vitest';
import { plainDate } from '../shared/index.ts';
import { dayEffect, refuseDayChange } from './change-day.ts';

const MONDAY = plainDate('2027-03-08');
const SATURDAY = plainDate('2027-03-13');

describe('A day of the calendar that changes', () => {
  test.each([
    [MONDAY, null, 'holiday', 'closes'],
    [MONDAY, 'holiday', 'day-off', 'none'],
    [MONDAY, 'holiday', null, 'opens'],
    [SATURDAY, null, 'working', 'opens'],
    [SATURDAY, 'working', null, 'closes'],
    [SATURDAY, 'working', 'holiday', 'closes'],
    [SATURDAY, null, 'holiday', 'none'],
  ] as const)('EQ-02: %s from %s to %s: reception %s', (date, before, after, effect) => {
    expect(dayEffect(date, before, after)).toBe(effect);
  });

  test.each([
    [MONDAY, null, 'working', '2027-01-01', 'already-works'],
    [SATURDAY, null, 'day-off', '2027-01-01', 'already-off'],
    [MONDAY, null, null, '2027-01-01', 'not-in-calendar'],
    [MONDAY, null, 'holiday', '2027-03-08', 'day-passed'],
    [MONDAY, 'holiday', null, '2027-03-09', 'day-passed'],
    [MONDAY, null, 'holiday', '2027-03-07', null],
    [SATURDAY, null, 'working', '2027-03-07', null],
    [SATURDAY, 'working', null, '2027-03-07', null],
  ] as const)('EQ-02: %s from %s to %s on %s: refused as %s', (date, before, after, today, refusal) => {
    expect(refuseDayChange(date, before, after, plainDate(today))).toBe(refusal);
  });
});
