import { expect, test } from 'vitest';
import { SESSION_COOKIE_ATTRIBUTES, SESSION_COOKIES } from './cookie.ts';

test('T09: session cookies are bound to their host, hidden from scripts and told apart by portal and admin', () => {
  expect(SESSION_COOKIE_ATTRIBUTES).toEqual({ path: '/', secure: true, httpOnly: true, sameSite: 'lax' });
  for (const name of Object.values(SESSION_COOKIES)) expect(name).toMatch(/^__Host-[a-z-]+$/);
  expect(new Set(Object.values(SESSION_COOKIES)).size).toBe(2);
});
