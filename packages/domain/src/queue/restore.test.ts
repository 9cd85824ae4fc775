import { describe, expect, test } from 'vitest';
import { plainDate, plainTime, toInstant } from '../shared/index.ts';
import { BOOKING_STATES } from './booking.ts';
import { decideRestore, type MissedTurn } from './restore.ts';
import { VISIT_STATES } from './visit.ts';

const day = plainDate('2026-11-23');
const at = (time: string, seconds = 0) =>
  new Date(toInstant(day, plainTime(time)).getTime() + seconds * 1000);
const annulled: MissedTurn = {
  booking: { state: 'annulled', startsAt: at('09:00') },
  visit: null,
  day,
  holding: null,
  waits: false,
  fieldPlace: false,
};
const live: MissedTurn = { ...annulled, booking: null, visit: 'did-not-come' };

describe('taking back an annulment', () => {
  test.each([
    [
      'a late person who was here after all waits again',
      annulled,
      at('09:40'),
      { ok: true, value: 'arrived' },
    ],
    [
      'EQ-14: within the fifteen minutes the booking just holds again',
      annulled,
      at('09:15'),
      { ok: true, value: 'booked' },
    ],
    [
      'EQ-14: one second later only an arrival can restore it',
      annulled,
      at('09:15', 1),
      { ok: true, value: 'arrived' },
    ],
    [
      'who had arrived and did not hear the call waits again',
      { ...annulled, visit: 'did-not-come' },
      at('08:50'),
      { ok: true, value: 'arrived' },
    ],
    ['EQ-15: the live queue takes its person back too', live, at('11:00'), { ok: true, value: 'arrived' }],
    [
      'a new booking of the form stands in the way',
      { ...annulled, holding: 'booked' },
      at('09:40'),
      { ok: false, refusal: 'form-has-booking' },
    ],
    [
      'a form that was served needs nothing',
      { ...annulled, holding: 'served' },
      at('09:40'),
      { ok: false, refusal: 'already-served' },
    ],
    [
      'EQ-15: who waits in the live queue already stays there',
      { ...annulled, waits: true },
      at('09:40'),
      { ok: false, refusal: 'in-live-queue' },
    ],
    [
      'the next day it is too late',
      annulled,
      new Date(at('09:40').getTime() + 86_400_000),
      { ok: false, refusal: 'other-day' },
    ],
  ] as const)('K04: %s', (_, turn, now, outcome) => {
    expect(decideRestore(turn, now)).toEqual(outcome);
  });

  test('K04: nothing but an annulled booking or a missed call can be taken back', () => {
    for (const state of BOOKING_STATES.filter((each) => each !== 'annulled'))
      expect(decideRestore({ ...annulled, booking: { state, startsAt: at('09:00') } }, at('09:40'))).toEqual({
        ok: false,
        refusal: 'not-annulled',
      });
    for (const visit of VISIT_STATES.filter((each) => each !== 'did-not-come'))
      expect(decideRestore({ ...live, visit }, at('09:40'))).toEqual({ ok: false, refusal: 'not-annulled' });
  });
});
