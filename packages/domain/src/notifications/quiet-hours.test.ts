import { describe, expect, test } from 'vitest';
import { plainDate, plainTime, toInstant } from '../shared/index.ts';
import { sendingTime } from './quiet-hours.ts';
import { MESSAGE_TEMPLATES } from './templates.ts';

const at = (day: string, time: string) => toInstant(plainDate(day), plainTime(time));

describe('Quiet hours', () => {
  test.each([
    ['20:59', '2026-11-24', '20:59'],
    ['21:00', '2026-11-25', '08:00'],
    ['23:59', '2026-11-25', '08:00'],
  ])('EQ-06: a message of our own wanted at %s goes out on %s at %s', (wanted, day, time) => {
    expect(sendingTime('rebook', at('2026-11-24', wanted))).toEqual(at(day, time));
  });

  test.each([
    ['00:00', '08:00'],
    ['07:59', '08:00'],
    ['08:00', '08:00'],
    ['13:30', '13:30'],
  ])('EQ-06: at %s of a day it goes out at %s of the same day', (wanted, time) => {
    expect(sendingTime('moved', at('2026-11-24', wanted))).toEqual(at('2026-11-24', time));
  });

  test.each(['code', 'sms-1', 'sms-2', 'sms-3', 'sms-4', 'restored', 'called', 'phone-changed'] as const)(
    'EQ-05, EQ-10, EQ-12, EQ-14: %s is never delayed, whatever the hour',
    (template) => {
      for (const time of ['00:30', '07:59', '21:00', '23:30'])
        expect(sendingTime(template, at('2026-11-24', time))).toEqual(at('2026-11-24', time));
    },
  );

  test('EQ-06: a change of the next day told in the evening goes at once, one of a later day waits', () => {
    const evening = at('2026-11-24', '22:00');
    expect(sendingTime('moved', evening, at('2026-11-25', '14:30'))).toEqual(evening);
    expect(sendingTime('moved', evening, at('2026-11-26', '09:00'))).toEqual(at('2026-11-25', '08:00'));
  });

  test('EQ-06: a change of today told before eight goes at once', () => {
    const early = at('2026-11-24', '06:00');
    expect(sendingTime('rebook', early, at('2026-11-24', '10:00'))).toEqual(early);
  });

  test('EQ-06: no message is ever moved forward in time or by more than a night', () => {
    for (const template of MESSAGE_TEMPLATES)
      for (let hour = 0; hour < 24; hour += 1) {
        const wanted = at('2026-11-24', `${String(hour).padStart(2, '0')}:00`);
        const delay = sendingTime(template, wanted).getTime() - wanted.getTime();
        expect(delay).toBeGreaterThanOrEqual(0);
        expect(delay).toBeLessThanOrEqual(11 * 3_600_000);
      }
  });
});
