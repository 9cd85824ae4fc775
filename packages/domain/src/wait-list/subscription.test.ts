import { describe, expect, test } from 'vitest';
import type { BookingFacts } from '../queue/index.ts';
import { plainDate, plainTime, toInstant } from '../shared/index.ts';
import { decideWaiting } from './subscription.ts';

const at = toInstant(plainDate('2026-11-23'), plainTime('10:00'));
const span = { from: plainDate('2026-11-24'), until: plainDate('2026-11-30') };
const facts: BookingFacts = {
  formAccepted: true,
  formValidUntil: plainDate('2026-12-10'),
  registeredDepartmentId: 'one',
  regionCode: '11',
  holdingBooking: null,
  consentGiven: true,
  fieldPlace: false,
};
const context = {
  pilots: [{ regionCode: '11', validFrom: plainDate('2025-11-22'), validUntil: plainDate('2027-11-21') }],
  freeInSpan: false,
  isWaiting: false,
};

describe('who may wait for a freed time', () => {
  test('EQ-08: with a valid form and nothing free on the days wanted', () => {
    expect(decideWaiting(span, facts, context, at)).toEqual({
      ok: true,
      value: { departmentId: 'one', ...span },
    });
  });

  test('EQ-09: days that have passed are left out', () => {
    const past = { ...span, from: plainDate('2026-11-01') };
    expect(decideWaiting(past, facts, context, at)).toMatchObject({
      ok: true,
      value: { from: '2026-11-23' },
    });
  });

  test.each([
    ['EQ-16: without consent', span, { consentGiven: false }, {}, 'consent-missing'],
    ['EQ-08: with an expired form', span, { formValidUntil: plainDate('2026-11-22') }, {}, 'form-expired'],
    [
      'EQ-09: beyond the last day of the form',
      { ...span, until: plainDate('2026-12-11') },
      {},
      {},
      'after-form-validity',
    ],
    [
      'EQ-08: without permanent registration',
      span,
      { regionCode: null, registeredDepartmentId: null },
      {},
      'no-permanent-registration',
    ],
    ['EQ-13: with a booking', span, { holdingBooking: 'booked' }, {}, 'already-booked'],
    ['GV-04: outside the pilot', span, { regionCode: '75' }, {}, 'region-without-queue'],
    [
      'EQ-09: for days in the past',
      { from: plainDate('2026-11-01'), until: plainDate('2026-11-20') },
      {},
      {},
      'time-passed',
    ],
    [
      'EQ-09: with the days the wrong way round',
      { from: span.until, until: span.from },
      {},
      {},
      'span-backwards',
    ],
    ['EQ-09: while something is free on these days', span, {}, { freeInSpan: true }, 'times-are-free'],
    ['EQ-13: twice for one form', span, {}, { isWaiting: true }, 'already-waiting'],
  ] as const)('%s nobody is put on the list', (_, wanted, changes, situation, refusal) => {
    expect(decideWaiting(wanted, { ...facts, ...changes }, { ...context, ...situation }, at)).toEqual({
      ok: false,
      refusal,
    });
  });
});
