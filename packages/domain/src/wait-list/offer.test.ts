import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addMinutes, plainDate, plainTime, toBusinessTime, toInstant } from '../shared/index.ts';
import { decideAnswer, OFFER_POLICIES, offerPolicyOn, planOffer } from './offer.ts';

const policy = offerPolicyOn(plainDate('2026-11-23'));
const instant = (text: string) => {
  const [date = '', time = ''] = text.split(' ');
  return toInstant(plainDate(date), plainTime(time));
};
const said = (when: Date) => {
  const { date, time } = toBusinessTime(when);
  return `${date} ${time}`;
};

describe('how long a place is kept', () => {
  test.each([
    ['2026-11-23 10:00', '2026-11-25 09:00', '2026-11-23 10:00', '2026-11-23 12:00', 'two hours by day'],
    [
      '2026-11-23 20:30',
      '2026-11-25 09:00',
      '2026-11-23 20:30',
      '2026-11-24 09:30',
      'the night does not count',
    ],
    [
      '2026-11-23 23:10',
      '2026-11-25 09:00',
      '2026-11-24 08:00',
      '2026-11-24 10:00',
      'nobody is woken at night',
    ],
    ['2026-11-23 03:00', '2026-11-23 12:00', '2026-11-23 08:00', '2026-11-23 10:00', 'before the morning'],
    [
      '2026-11-23 10:00',
      '2026-11-23 12:00',
      '2026-11-23 10:00',
      '2026-11-23 11:00',
      'an hour before the visit',
    ],
    ['2026-11-23 18:00', '2026-11-24 09:00', '2026-11-23 18:00', '2026-11-23 20:00', 'the evening before'],
    [
      '2026-11-23 21:00',
      '2026-11-25 09:00',
      '2026-11-24 08:00',
      '2026-11-24 10:00',
      'the evening hour itself is night',
    ],
  ])('EQ-09: freed at %s for %s: told at %s, kept until %s (%s)', (at, start, told, ends) => {
    const times = planOffer(instant(start), instant(at), policy);
    expect(times && { told: said(times.announcedAt), ends: said(times.expiresAt) }).toEqual({ told, ends });
  });

  test.each([
    ['2026-11-23 22:00', '2026-11-24 09:00', 'the morning begins an hour before the visit'],
    ['2026-11-23 08:00', '2026-11-23 09:10', 'ten minutes are left'],
    ['2026-11-23 20:50', '2026-11-24 09:00', 'ten minutes of the evening are left'],
    ['2026-11-23 10:00', '2026-11-23 09:00', 'the visit has begun'],
  ])('EQ-09: freed at %s for %s it is offered to nobody and free for all: %s', (at, start) => {
    expect(planOffer(instant(start), instant(at), policy)).toBeNull();
  });

  test('EQ-09: an offer is told by day, never outlasts the hour before the visit and never two hours of the day', () => {
    const minute = fc.integer({ min: 0, max: 10 * 24 * 60 });
    fc.assert(
      fc.property(minute, minute, (offered, ahead) => {
        const at = addMinutes(instant('2026-11-23 00:00'), offered);
        const startsAt = addMinutes(at, ahead);
        const times = planOffer(startsAt, at, policy);
        if (!times) return;
        const { time } = toBusinessTime(times.announcedAt);
        expect(time >= '08:00' && time < '21:00').toBe(true);
        expect(times.announcedAt >= at).toBe(true);
        expect(times.expiresAt <= addMinutes(startsAt, -60)).toBe(true);
        const minutes = (times.expiresAt.getTime() - times.announcedAt.getTime()) / 60_000;
        expect(minutes).toBeGreaterThanOrEqual(15);
        expect(minutes).toBeLessThanOrEqual(120 + 11 * 60);
        const end = toBusinessTime(times.expiresAt).time;
        expect(end >= '08:00' && end <= '21:00').toBe(true);
      }),
    );
  });

  test('EQ-09: newer numbers hold from their day on', () => {
    const [first] = OFFER_POLICIES;
    if (!first) throw new Error('No policy');
    const policies = [first, { ...first, validFrom: plainDate('2027-01-01'), lifeMinutes: 60 }];
    expect(offerPolicyOn(plainDate('2026-12-31'), policies).lifeMinutes).toBe(120);
    expect(offerPolicyOn(plainDate('2027-01-01'), policies).lifeMinutes).toBe(60);
  });
});

describe('answering an offer', () => {
  const expiresAt = instant('2026-11-23 12:00');
  test.each([
    ['2026-11-23 11:59', 'open', true],
    ['2026-11-23 12:00', 'open', false],
    ['2026-11-23 11:00', 'declined', false],
    ['2026-11-23 11:00', 'taken', false],
    ['2026-11-23 11:00', 'expired', false],
  ] as const)('EQ-09: an answer at %s to an offer that is %s until 12:00 counts: %s', (at, state, counts) => {
    expect(decideAnswer({ state, expiresAt }, instant(at)).ok).toBe(counts);
  });
});
