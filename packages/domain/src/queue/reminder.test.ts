import { describe, expect, test } from 'vitest';
import { plainDate, plainTime, toBusinessTime, toInstant } from '../shared/index.ts';
import { reminderAt } from './reminder.ts';

const visit = plainDate('2026-12-04');
const booked = (date: string, time: string) => toInstant(plainDate(date), plainTime(time));

describe('Reminder', () => {
  test('EQ-11: SMS-2 is repeated three calendar days before the visit, weekends counted', () => {
    const at = reminderAt(visit, booked('2026-11-23', '11:00'));
    expect(at && toBusinessTime(at)).toEqual({ date: '2026-12-01', time: '10:00' });
    const monday = reminderAt(plainDate('2026-12-07'), booked('2026-11-23', '11:00'));
    expect(monday && toBusinessTime(monday).date).toBe('2026-12-04');
  });

  test.each([
    ['2026-12-01', '09:59', true],
    ['2026-12-01', '10:00', false],
    ['2026-12-02', '09:00', false],
    ['2026-12-04', '08:00', false],
  ])('EQ-11: booked on %s at %s, a reminder still comes: %s', (date, time, comes) => {
    expect(reminderAt(visit, booked(date, time)) !== null).toBe(comes);
  });
});
