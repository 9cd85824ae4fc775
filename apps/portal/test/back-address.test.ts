import { describe, expect, it } from 'vitest';
import { backAddress } from '../src/lib/server/back-address.ts';

describe('where a person goes on after signing in', () => {
  it.each([
    '/kk/cabinet',
    '/ru/booking/01a1f306-6cd8-7c33-a7f7-6a189f665ef7/time?from=2026-12-08',
    '/en/tickets/u4BOzqW86t8-_YMskb4avw',
    '/kk/tickets/u4BOzqW86t8-_YMskb4avw/ticket.pdf',
  ])('a page of ours is kept: %s', (address) => {
    expect(backAddress(address, 'kk')).toBe(address);
  });

  it.each([
    null,
    undefined,
    '',
    '//evil.example',
    'https://evil.example/kk',
    '/kk//evil.example',
    '/\\evil.example',
    '/kk/../admin',
    '/de/cabinet',
    'javascript:alert(1)',
    '/kk/cabinet\r\nset-cookie: x=y',
    '/kk/sign-in?next=https://evil.example',
    `/kk/${'a'.repeat(400)}`,
  ])('anything else leads to the cabinet: %s', (address) => {
    expect(backAddress(address, 'ru')).toBe('/ru/cabinet');
  });
});
