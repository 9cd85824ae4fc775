import { BOOKING_REFUSALS } from '@mse/domain/queue';
import { describe, expect, it } from 'vitest';
import { deviceName } from '../src/lib/device-name.ts';
import { inOrderOfNeed } from '../src/lib/queue/order-of-need.ts';
import { placeValue, readPlace } from '../src/lib/queue/place.ts';
import { isMendedByTime } from '../src/lib/queue/refusals.ts';

describe('a place as the value of a radio button', () => {
  it('comes back as day and time', () => {
    const place = readPlace('2026-11-25T09:00');
    expect(place).toEqual({ day: '2026-11-25', startsAt: '09:00' });
    expect(placeValue({ day: '2026-11-25', startsAt: '09:00' })).toBe('2026-11-25T09:00');
  });

  it.each([
    null,
    undefined,
    '',
    '2026-11-25',
    '2026-02-30T09:00',
    '2026-11-25T9:00',
    '2026-11-25T25:00',
    {},
    '<b>',
  ])('what is no place is not taken: %s', (value) => {
    expect(readPlace(value)).toBeUndefined();
  });
});

describe('C08: whose card stands first', () => {
  const person = (name: string, nextStep: string) =>
    ({ name, nextStep }) as Parameters<typeof inOrderOfNeed>[0][number];

  it('a ward who must come stands before a guardian who only waits; otherwise the order stays', () => {
    const people = [
      person('guardian', 'wait-for-form'),
      person('first ward', 'served'),
      person('second ward', 'come'),
    ];
    expect(inOrderOfNeed(people).map((each) => each.name)).toEqual(['second ward', 'guardian', 'first ward']);
  });

  it('equal needs keep the person themself first', () => {
    const people = [person('guardian', 'book'), person('ward', 'come')];
    expect(inOrderOfNeed(people).map((each) => each.name)).toEqual(['guardian', 'ward']);
  });
});

describe('C12: refusals', () => {
  it('another time is offered only where another time helps', () => {
    expect(BOOKING_REFUSALS.filter(isMendedByTime)).toEqual([
      'after-form-validity',
      'time-passed',
      'time-taken',
      'request-key-reused',
    ]);
  });
});

describe('C30: names of devices', () => {
  it.each([
    [
      'Mozilla/5.0 (Linux; Android 14; SM-A145F) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0 Mobile Safari/537.36',
      'Samsung Internet, Android',
    ],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0 Safari/537.36 Edg/147.0',
      'Edge, Windows',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
      'Safari, iPhone',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox, Linux'],
  ])('%s', (userAgent, name) => {
    expect(deviceName(userAgent)).toBe(name);
  });

  it('an unknown device has no name', () => {
    expect(deviceName('curl/8')).toBeNull();
  });
});
