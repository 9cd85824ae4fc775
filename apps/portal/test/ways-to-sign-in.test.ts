import { describe, expect, test } from 'vitest';
import { isPhone, orderOfWays } from '../src/lib/ways-to-sign-in.ts';

describe('C03: order of the ways to sign in', () => {
  test.each([
    [true, null, ['mobile', 'sms', 'signature']],
    [false, null, ['signature', 'mobile', 'sms']],
    [true, 'sms', ['sms', 'mobile', 'signature']],
    [false, 'mobile', ['mobile', 'signature', 'sms']],
  ] as const)('C03: on a phone %s, last time %s', (onPhone, last, order) => {
    expect(orderOfWays(onPhone, last)).toEqual(order);
  });

  test.each([
    [{ 'sec-ch-ua-mobile': '?1', 'user-agent': 'Windows' }, true],
    [{ 'sec-ch-ua-mobile': '?0', 'user-agent': 'Android' }, false],
    [{ 'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Mobile/15E148' }, true],
    [{ 'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Firefox/150.0' }, false],
    [{}, false],
  ])('C03: what a browser says of itself: %o', (headers, phone) => {
    expect(isPhone(new Headers(headers))).toBe(phone);
  });
});
