import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasIinControlDigit, maskIin, parseIin } from './iin.ts';

describe('Individual identification number', () => {
  test.each([
    ['as printed', '123456789012'],
    ['with spaces', '1234 5678 9012'],
    ['with dashes', '123456-789-012'],
    ['with an invisible space', '\u200b123456789012\ufeff'],
    ['with a no-break space', '123456\u00a0789012'],
    ['in full-width digits', '１２３４５６７８９０１２'],
  ])('is understood %s', (_how, typed) => {
    expect(parseIin(typed)).toBe('123456789012');
  });

  test.each(['', '12345678901', '1234567890123', '12345678901a', 'одиннадцать', '１２３４'])(
    'is not guessed from other texts',
    (typed) => {
      expect(parseIin(typed)).toBeUndefined();
    },
  );

  test('never throws and gives twelve digits or nothing, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (typed) => {
        const iin = parseIin(typed);
        expect(iin === undefined || /^\d{12}$/.test(iin)).toBe(true);
      }),
    );
  });

  test.each([
    ['100000000001', true],
    ['100000000002', false],
    ['000000000101', true],
    ['000000000100', false],
  ])(
    'the control digit is that of the published algorithm, second weighting included (case %#)',
    (iin, right) => {
      expect(hasIinControlDigit(iin)).toBe(right);
    },
  );

  test('at most one last digit fits, and one wrong digit among the first ten is noticed', () => {
    const eleven = fc
      .integer({ min: 0, max: 99_999_999_999 })
      .map((number) => String(number).padStart(11, '0'));
    fc.assert(
      fc.property(eleven, fc.nat(9), fc.integer({ min: 1, max: 9 }), (start, place, shift) => {
        const fitting = [...'0123456789'].filter((digit) => hasIinControlDigit(start + digit));
        expect(fitting.length).toBeLessThanOrEqual(1);
        const [last] = fitting;
        // The eleventh digit weighs 11, so it counts for nothing, and a slip into the second weighting can pass: the hint is soft.
        if (last === undefined || sumModulo(start) === 10) return;
        const slipped =
          start.slice(0, place) + String((Number(start[place]) + shift) % 10) + start.slice(place + 1);
        if (sumModulo(slipped) !== 10) expect(hasIinControlDigit(slipped + last)).toBe(false);
      }),
    );
  });

  test('outside the profile only its ends are shown', () => {
    expect(maskIin('910112345623')).toBe('9101••••••23');
  });
});

function sumModulo(eleven: string): number {
  return [...eleven].reduce((sum, digit, index) => sum + Number(digit) * (index + 1), 0) % 11;
}
