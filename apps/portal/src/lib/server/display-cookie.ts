import { SESSION_COOKIE_ATTRIBUTES } from '@mse/auth/cookie';
import type { Cookies } from '@sveltejs/kit';
import { type Display, DISPLAY_PARTS, displayFrom } from '../display.ts';

const NAME = '__Host-saraptama-display';
const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** C33: the look this browser has chosen, the usual one without a choice. */
export function keptDisplay(cookies: Pick<Cookies, 'get'>): Display {
  const values = (cookies.get(NAME) ?? '').split('.');
  return displayFrom((_, index) => values[index]);
}

/** Keeps the look for a year. */
export function keepDisplay(cookies: Pick<Cookies, 'set'>, display: Display): void {
  const value = DISPLAY_PARTS.map((part) => display[part]).join('.');
  cookies.set(NAME, value, { ...SESSION_COOKIE_ATTRIBUTES, maxAge: YEAR_SECONDS });
}

/** Back to the usual look. */
export function dropDisplay(cookies: Pick<Cookies, 'delete'>): void {
  cookies.delete(NAME, SESSION_COOKIE_ATTRIBUTES);
}
