import { describe, expect, test } from 'vitest';
import { toBusinessTime } from '@mse/domain/shared';
import { chooseServiceTime } from '../src/index.ts';

/** An instant by the wall clock of Kazakhstan. */
const almaty = (text: string) => new Date(`${text}+05:00`);

describe('The time at which the demonstration begins', () => {
  test.each([
    ['2026-11-24T08:30:00', 'the desks have just opened'],
    ['2026-11-24T11:20:00', 'the middle of a working day'],
    ['2026-11-24T13:59:59', 'there are still times left today'],
  ])('is now at %s: %s', (now) => {
    expect(chooseServiceTime(almaty(now))).toEqual(almaty(now));
  });

  test.each([
    ['2026-11-24T08:29:59', '2026-11-24', 'too early: the same morning'],
    ['2026-11-24T14:00:00', '2026-11-25', 'too late: the next morning'],
    ['2026-11-24T23:59:59', '2026-11-25', 'at night: the next morning'],
    ['2026-11-20T17:00:00', '2026-11-23', 'Friday evening: Monday'],
    ['2026-11-22T18:00:00', '2026-11-23', 'Sunday: Monday'],
    ['2026-12-15T15:00:00', '2026-12-17', 'before Independence Day: the day after it'],
    ['2026-12-31T15:00:00', '2027-01-05', 'before New Year: the first working day'],
  ])('at %s is 08:40 of %s: %s', (now, day) => {
    const chosen = chooseServiceTime(almaty(now));
    expect(toBusinessTime(chosen)).toEqual({ date: day, time: '08:40' });
    expect(chosen.getTime()).toBeGreaterThan(almaty(now).getTime());
  });
});
