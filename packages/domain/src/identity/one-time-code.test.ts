import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addMinutes } from '../shared/index.ts';
import { CODE_POLICY, decideCode } from './one-time-code.ts';

const sentAt = new Date('2026-11-23T04:00:00Z');
const fresh = { sentAt, tries: 0, used: false };
const soon = addMinutes(sentAt, 1);
const lastMoment = addMinutes(sentAt, CODE_POLICY.lifeMinutes);

describe('Six-digit code of an SMS', () => {
  test('the right code in time opens', () => {
    expect(decideCode(fresh, true, 0, soon)).toEqual({ ok: true, value: 'accepted' });
    expect(
      decideCode(
        { ...fresh, tries: CODE_POLICY.triesPerCode - 1 },
        true,
        CODE_POLICY.failuresPerDay - 1,
        lastMoment,
      ).ok,
    ).toBe(true);
  });

  test.each([
    ['a wrong code', fresh, false, 0, soon, 'wrong'],
    ['a code used before', { ...fresh, used: true }, true, 0, soon, 'used'],
    ['a code a second after its life', fresh, true, 0, new Date(lastMoment.getTime() + 1000), 'expired'],
    [
      'the sixth try of one code',
      { ...fresh, tries: CODE_POLICY.triesPerCode },
      true,
      0,
      soon,
      'too-many-tries',
    ],
    [
      'the right code after ten failures of the day',
      fresh,
      true,
      CODE_POLICY.failuresPerDay,
      soon,
      'too-many-tries',
    ],
  ] as const)('%s is refused', (_what, code, matches, failures, at, refusal) => {
    expect(decideCode(code, matches, failures, at)).toEqual({ ok: false, refusal });
  });

  test('whoever guesses learns nothing from a code that is dead: right and wrong get the same answer', () => {
    fc.assert(
      fc.property(fc.nat(20), fc.boolean(), fc.nat(20), fc.nat(20), (tries, used, failures, minutes) => {
        const at = addMinutes(sentAt, minutes);
        const right = decideCode({ sentAt, tries, used }, true, failures, at);
        const wrong = decideCode({ sentAt, tries, used }, false, failures, at);
        expect(wrong.ok).toBe(false);
        if (!right.ok) expect(right).toEqual(wrong);
      }),
    );
  });

  test('all tries of a day together guess a six-digit code with a chance of at most one in ten thousand', () => {
    expect(CODE_POLICY.failuresPerDay / 10 ** CODE_POLICY.digits).toBeLessThanOrEqual(1 / 10_000);
  });
});
