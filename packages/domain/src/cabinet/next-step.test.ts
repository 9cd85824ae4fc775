import { describe, expect, test } from 'vitest';
import { FORM_STATES } from '../intake/index.ts';
import { BOOKING_STATES } from '../queue/index.ts';
import { plainDate } from '../shared/index.ts';
import { type CabinetFacts, NEXT_STEPS, nextStep } from './next-step.ts';

const noon = new Date('2026-11-23T07:00:00Z');
const accepted = { state: 'accepted', validUntil: plainDate('2026-12-01') } as const;
const expired = { state: 'accepted', validUntil: plainDate('2026-11-22') } as const;

describe('The one next step of the cabinet', () => {
  test.each<[string, CabinetFacts, string]>([
    [
      'EQ-07: without a form the person waits for the clinic',
      { form: null, booking: null, consentGiven: true },
      'wait-for-form',
    ],
    [
      'EQ-07: a returned form is the clinic’s to mend, the person waits',
      { form: { ...accepted, state: 'returned' }, booking: null, consentGiven: true },
      'wait-for-form',
    ],
    [
      'EQ-07: a form that waits for a registry is being checked',
      { form: { ...accepted, state: 'waiting-registry' }, booking: null, consentGiven: true },
      'form-checking',
    ],
    [
      'EQ-16: consent comes before the first booking',
      { form: accepted, booking: null, consentGiven: false },
      'give-consent',
    ],
    [
      'EQ-07: with a form and consent the person books',
      { form: accepted, booking: null, consentGiven: true },
      'book',
    ],
    [
      'PX-38, PX-53: who was examined by papers finds the documents',
      {
        form: { ...accepted, state: 'served', track: 'remote-proactive' },
        booking: null,
        consentGiven: true,
      },
      'case-over',
    ],
    ['EQ-10: who is booked comes', { form: accepted, booking: 'booked', consentGiven: true }, 'come'],
    [
      'EQ-16: a booking made before consent was withdrawn stays',
      { form: accepted, booking: 'booked', consentGiven: false },
      'come',
    ],
    [
      'EQ-10: who has arrived is still expected',
      { form: accepted, booking: 'arrived', consentGiven: true },
      'come',
    ],
    [
      'EQ-12: who cancelled books again',
      { form: accepted, booking: 'cancelled', consentGiven: true },
      'book-again',
    ],
    [
      'EQ-15: who came too late books again',
      { form: accepted, booking: 'annulled', consentGiven: true },
      'book-again',
    ],
    [
      'EQ-16: booking again needs consent too',
      { form: accepted, booking: 'annulled', consentGiven: false },
      'give-consent',
    ],
    [
      'EQ-08: an expired form sends to the clinic',
      { form: expired, booking: null, consentGiven: true },
      'form-expired',
    ],
    [
      'EQ-08: an expired form after a cancelled booking too',
      { form: expired, booking: 'cancelled', consentGiven: true },
      'form-expired',
    ],
    [
      'EQ-10: a served booking is served',
      { form: accepted, booking: 'served', consentGiven: true },
      'served',
    ],
    [
      'EQ-15: a form served in the live queue is served',
      { form: { ...expired, state: 'served' }, booking: 'annulled', consentGiven: true },
      'served',
    ],
    [
      'PX-39: who is examined by papers follows the case, without booking or consent to the queue',
      { form: { ...expired, track: 'remote-proactive' }, booking: null, consentGiven: false },
      'follow-case',
    ],
    [
      'PX-34: who is invited by the case comes',
      { form: { ...accepted, track: 'remote-proactive' }, booking: null, consentGiven: true, invited: true },
      'come-invited',
    ],
    [
      'PX-37: whose case was closed without an examination goes to the clinic, however long the form would hold',
      {
        form: { ...accepted, state: 'poorly-completed', track: 'remote-proactive' },
        booking: null,
        consentGiven: true,
      },
      'case-closed',
    ],
  ])('%s', (_sentence, facts, step) => {
    expect(nextStep(facts, noon)).toBe(step);
  });

  test('EQ-08: the form’s last day belongs to it, in Kazakhstan’s time', () => {
    const facts: CabinetFacts = { form: accepted, booking: null, consentGiven: true };
    expect(nextStep(facts, new Date('2026-12-01T18:59:59Z'))).toBe('book');
    expect(nextStep(facts, new Date('2026-12-01T19:00:00Z'))).toBe('form-expired');
  });

  test('every step is reached, and every pair of states has one', () => {
    const reached = new Set<string>([nextStep({ form: null, booking: null, consentGiven: true }, noon)]);
    for (const state of FORM_STATES)
      for (const booking of [null, ...BOOKING_STATES])
        for (const consentGiven of [true, false])
          for (const validUntil of [accepted.validUntil, expired.validUntil])
            for (const track of ['in-person', 'remote-proactive'] as const)
              for (const invited of [true, false])
                for (const fieldPlace of [true, false])
                  reached.add(
                    nextStep(
                      { form: { state, validUntil, track }, booking, consentGiven, invited, fieldPlace },
                      noon,
                    ),
                  );
    expect([...reached].sort()).toEqual([...NEXT_STEPS].sort());
  });
});

test('FF-03: who is on a field session or examined in absentia waits and books nothing; a booking, a served form and no form count first', () => {
  const form = {
    state: 'accepted' as const,
    validUntil: plainDate('2026-12-24'),
    track: 'in-person' as const,
  };
  const at = new Date('2026-11-26T05:00:00Z');
  const step = (changes: object) =>
    nextStep({ form, booking: null, consentGiven: false, fieldPlace: true, ...changes }, at);
  expect(step({})).toBe('wait-for-visit');
  expect(step({ booking: 'booked' })).toBe('come');
  expect(step({ form: { ...form, state: 'served' } })).toBe('served');
  expect(step({ form: null })).toBe('wait-for-form');
});
