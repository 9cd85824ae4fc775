import { describe, expect, test } from 'vitest';
import { maskPhone, parseMobilePhone } from './phone.ts';

describe('Mobile number', () => {
  test.each([
    '+77010012345',
    '87010012345',
    '77010012345',
    '7010012345',
    '+7 (701) 001-23-45',
    '8 701 001 23 45',
    '+7\u00a0701\u00a0001\u00a023\u00a045',
  ])('EQ-05: is understood in every usual spelling', (typed) => {
    expect(parseMobilePhone(typed)).toBe('+77010012345');
  });

  test.each(['', '+7 716 2', '+79161234567', '87162123456789', '+380671234567', '6010012345', 'жоқ'])(
    'EQ-05: a text that is no Kazakh mobile number is refused',
    (typed) => {
      expect(parseMobilePhone(typed)).toBeUndefined();
    },
  );

  test('only the last two digits are shown', () => {
    expect(maskPhone('+77010012367')).toBe('+7 7•• •••-••-67');
  });
});
