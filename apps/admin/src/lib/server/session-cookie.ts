import { SESSION_COOKIE_ATTRIBUTES, SESSION_COOKIES } from '@mse/auth/cookie';
import type { Cookies } from '@sveltejs/kit';

/** The session token the browser holds, or null. */
export function readSession(cookies: Cookies): string | null {
  return cookies.get(SESSION_COOKIES.staff) ?? null;
}

/** Keeps the token until the browser closes; the API ends the session by its own clock. */
export function keepSession(cookies: Cookies, token: string): void {
  cookies.set(SESSION_COOKIES.staff, token, SESSION_COOKIE_ATTRIBUTES);
}

export function forgetSession(cookies: Cookies): void {
  cookies.delete(SESSION_COOKIES.staff, SESSION_COOKIE_ATTRIBUTES);
}
