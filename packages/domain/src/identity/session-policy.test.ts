import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addMinutes } from '../shared/index.ts';
import { SESSION_POLICY, sessionEnd, trustSuffices } from './session-policy.ts';

const started = new Date('2026-11-23T04:00:00Z');

describe('Sessions', () => {
  test.each([
    ['citizen', 0, 30],
    ['citizen', 100, 130],
    ['citizen', 11 * 60 + 50, 12 * 60],
    ['staff', 0, 15],
    ['staff', 9 * 60 + 50, 10 * 60],
  ] as const)('a %s session last used after %i minutes ends after %i', (audience, lastUsed, end) => {
    expect(sessionEnd(audience, started, addMinutes(started, lastUsed))).toEqual(addMinutes(started, end));
  });

  test('use prolongs a session, but never past its whole life', () => {
    const audiences = fc.constantFrom('citizen' as const, 'staff' as const);
    fc.assert(
      fc.property(audiences, fc.nat(2000), fc.nat(2000), (audience, first, second) => {
        const [earlier, later] = [Math.min(first, second), Math.max(first, second)];
        const end = sessionEnd(audience, started, addMinutes(started, earlier));
        expect(end <= addMinutes(started, SESSION_POLICY[audience].totalMinutes)).toBe(true);
        expect(end <= sessionEnd(audience, started, addMinutes(started, later))).toBe(true);
      }),
    );
  });

  test.each([
    ['sms', 'sms', true],
    ['sms', 'signature', false],
    ['signature', 'sms', true],
    ['signature', 'signature', true],
  ] as const)('trust %s for what needs %s: %s', (has, needs, enough) => {
    expect(trustSuffices(has, needs)).toBe(enough);
  });
});
