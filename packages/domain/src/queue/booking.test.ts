import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, plainDate, plainTime, toInstant } from '../shared/index.ts';
import {
  BOOKING_STATES,
  type BookingFacts,
  checkEligibility,
  decideBooking,
  decideCancel,
  HOLDING_STATES,
  type WantedPlace,
} from './booking.ts';
import type { QueuePilot } from './pilot.ts';

const now = toInstant(plainDate('2026-11-23'), plainTime('08:40'));
const pilots: QueuePilot[] = [
  { regionCode: '11', validFrom: plainDate('2025-11-22'), validUntil: plainDate('2026-12-31') },
];
const facts: BookingFacts = {
  formAccepted: true,
  formValidUntil: plainDate('2026-12-20'),
  registeredDepartmentId: 'department-1',
  regionCode: '11',
  holdingBooking: null,
  consentGiven: true,
  fieldPlace: false,
};
const wanted: WantedPlace = {
  departmentId: 'department-1',
  day: plainDate('2026-11-24'),
  startsAt: plainTime('10:00'),
};

describe('The three checks before booking', () => {
  const context = { pilots, firstFreeDay: plainDate('2026-11-24'), registrationKnown: true };
  const states = (
    changed: Partial<BookingFacts>,
    other: Partial<typeof context | { firstFreeDay: null }> = {},
  ) =>
    checkEligibility({ ...facts, ...changed }, { ...context, ...other }, now).map(
      ({ state, reason }) => reason ?? state,
    );

  test('EQ-08: form, registration and a free time, said in this order', () => {
    expect(checkEligibility(facts, context, now)).toEqual([
      { check: 'form-valid', state: 'passed', reason: null },
      { check: 'permanent-registration', state: 'passed', reason: null },
      { check: 'free-time', state: 'passed', reason: null },
    ]);
  });

  test.each([
    ['a form that was returned', { formAccepted: false }, {}, ['form-not-accepted', 'passed', 'passed']],
    [
      'a form that ran out yesterday',
      { formValidUntil: plainDate('2026-11-22') },
      {},
      ['form-expired', 'passed', 'passed'],
    ],
    [
      'a form on its last day',
      { formValidUntil: plainDate('2026-11-23') },
      {},
      ['passed', 'passed', 'passed'],
    ],
    [
      'nobody registered anywhere',
      { regionCode: null, registeredDepartmentId: null },
      {},
      ['passed', 'no-permanent-registration', 'passed'],
    ],
    [
      'a unit no department serves',
      { registeredDepartmentId: null },
      {},
      ['passed', 'no-department', 'passed'],
    ],
    ['nothing free', {}, { firstFreeDay: null }, ['passed', 'passed', 'no-free-time']],
  ] as const)('EQ-08: %s is said in words', (_what, changed, other, expected) => {
    expect(states(changed, other)).toEqual(expected);
  });

  test('EQ-08: several checks can fail at once, each is said', () => {
    expect(
      states({ formValidUntil: plainDate('2026-11-01'), regionCode: null }, { firstFreeDay: null }),
    ).toEqual(['form-expired', 'no-permanent-registration', 'no-free-time']);
  });

  test('EQ-08: a silent registry of persons is never a "no"', () => {
    const outcomes = checkEligibility(
      { ...facts, regionCode: null, registeredDepartmentId: null },
      { ...context, registrationKnown: false },
      now,
    );
    expect(outcomes[1]).toEqual({
      check: 'permanent-registration',
      state: 'unknown',
      reason: 'registry-silent',
    });
  });

  test('GV-04: in a region without the pilot, or after its end, there is no booking', () => {
    expect(states({ regionCode: '59' })[1]).toBe('region-without-queue');
    expect(checkEligibility(facts, { ...context, pilots: [] }, now)[1]?.reason).toBe('region-without-queue');
  });
});

describe('Taking a place', () => {
  test('EQ-08: with a valid form, registration and consent a place of the own department is taken', () => {
    expect(decideBooking(wanted, facts, pilots, now)).toEqual({
      ok: true,
      value: { departmentId: 'department-1' },
    });
  });

  test.each([
    ['EQ-16: without consent', { consentGiven: false }, {}, 'consent-missing'],
    ['FF-03: of somebody on a field session', { fieldPlace: true }, {}, 'on-field-session'],
    ['EQ-08: without an accepted form', { formAccepted: false }, {}, 'form-not-accepted'],
    ['EQ-08: with a form that ran out', { formValidUntil: plainDate('2026-11-22') }, {}, 'form-expired'],
    [
      'EQ-08: without a permanent registration',
      { regionCode: null, registeredDepartmentId: null },
      {},
      'no-permanent-registration',
    ],
    ['GV-04: in another region', { regionCode: '59' }, {}, 'region-without-queue'],
    [
      'GV-04: for a day after the pilot',
      { formValidUntil: plainDate('2027-01-20') },
      { day: plainDate('2027-01-04') },
      'region-without-queue',
    ],
    ['EQ-08: where no department serves the unit', { registeredDepartmentId: null }, {}, 'no-department'],
    ['EQ-08: in another department', {}, { departmentId: 'department-2' }, 'wrong-department'],
    ['EQ-13: with a live booking', { holdingBooking: 'booked' }, {}, 'already-booked'],
    ['EQ-13: after arriving', { holdingBooking: 'arrived' }, {}, 'already-booked'],
    ['EQ-13: after being served', { holdingBooking: 'served' }, {}, 'already-served'],
    ['EQ-09: after the last day of the form', {}, { day: plainDate('2026-12-21') }, 'after-form-validity'],
    ['EQ-09: for a time that has passed', {}, { day: plainDate('2026-11-20') }, 'time-passed'],
  ] as const)('%s it is refused', (_what, changed, place, refusal) => {
    expect(decideBooking({ ...wanted, ...place }, { ...facts, ...changed }, pilots, now)).toEqual({
      ok: false,
      refusal,
    });
  });

  test('EQ-09: a time of today can be taken until it begins, and the last day of the form is still a day of it', () => {
    const today = { ...wanted, day: plainDate('2026-11-23'), startsAt: plainTime('09:00') };
    const at = (time: string) => toInstant(today.day, plainTime(time));
    expect(decideBooking(today, facts, pilots, at('08:59')).ok).toBe(true);
    expect(decideBooking(today, facts, pilots, at('09:00'))).toEqual({ ok: false, refusal: 'time-passed' });
    expect(decideBooking({ ...wanted, day: facts.formValidUntil }, facts, pilots, now).ok).toBe(true);
  });

  test('EQ-08, EQ-13: whatever is given, only a person with everything right gets a place', () => {
    const anyFacts = fc.record({
      formAccepted: fc.boolean(),
      formValidUntil: fc.integer({ min: -5, max: 40 }).map((days) => addDays(plainDate('2026-11-23'), days)),
      registeredDepartmentId: fc.constantFrom(null, 'department-1', 'department-2'),
      regionCode: fc.constantFrom(null, '11', '59'),
      holdingBooking: fc.constantFrom(null, ...HOLDING_STATES),
      consentGiven: fc.boolean(),
      fieldPlace: fc.boolean(),
    });
    const anyDay = fc.integer({ min: -5, max: 45 }).map((days) => addDays(plainDate('2026-11-23'), days));
    fc.assert(
      fc.property(anyFacts, anyDay, (given, day) => {
        const result = decideBooking({ ...wanted, day }, given, pilots, now);
        const allRight =
          given.formAccepted &&
          given.consentGiven &&
          !given.fieldPlace &&
          given.regionCode === '11' &&
          given.registeredDepartmentId === 'department-1' &&
          given.holdingBooking === null &&
          day <= given.formValidUntil &&
          day >= '2026-11-23' &&
          day <= '2026-12-31';
        expect(result.ok).toBe(allRight);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('Cancelling', () => {
  const startsAt = toInstant(plainDate('2026-11-24'), plainTime('10:00'));
  const minutesBefore = (minutes: number) => new Date(startsAt.getTime() - minutes * 60_000);

  test.each([
    ['booked', 60, 'cancel'],
    ['booked', 1, 'cancel'],
    ['booked', 0, 'already-started'],
    ['booked', -10, 'already-started'],
    ['arrived', 60, 'already-arrived'],
    ['served', 60, 'already-ended'],
    ['annulled', -20, 'already-ended'],
    ['moved', 60, 'already-ended'],
    ['cancelled', 60, 'nothing-to-do'],
    ['cancelled', -60, 'nothing-to-do'],
  ] as const)('EQ-12: a booking that is %s, %i minutes before its time: %s', (state, minutes, outcome) => {
    const result = decideCancel({ state, startsAt }, minutesBefore(minutes));
    expect(result.ok ? result.value : result.refusal).toBe(outcome);
  });

  test('EQ-12: only a live booking before its time is ever cancelled', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...BOOKING_STATES),
        fc.integer({ min: -5000, max: 5000 }),
        (state, minutes) => {
          const result = decideCancel({ state, startsAt }, minutesBefore(minutes));
          expect(result.ok && result.value === 'cancel').toBe(state === 'booked' && minutes > 0);
        },
      ),
    );
  });

  test('EQ-13, EQ-14: a cancelled, moved or annulled booking holds the form no longer', () => {
    const free = BOOKING_STATES.filter((state) => !(HOLDING_STATES as readonly string[]).includes(state));
    expect(free).toEqual(['cancelled', 'moved', 'annulled']);
  });
});
