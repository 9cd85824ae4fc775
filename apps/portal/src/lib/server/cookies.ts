import type { Cookies } from '@sveltejs/kit';
import { WAYS, type WayToSignIn } from '../ways-to-sign-in.ts';
import { SESSION_COOKIE_ATTRIBUTES, SESSION_COOKIES } from '@mse/auth/cookie';

const LANGUAGE_COOKIE = '__Host-saraptama-language';
const WAY_COOKIE = '__Host-saraptama-way';
const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** The session token a browser brings, or null. */
export function sessionToken(cookies: Cookies): string | null {
  return cookies.get(SESSION_COOKIES.citizen) || null;
}

/** Keeps a fresh session in the browser: unreachable for scripts, for this very host, gone with the browser. */
export function keepSession(cookies: Cookies, token: string): void {
  cookies.set(SESSION_COOKIES.citizen, token, SESSION_COOKIE_ATTRIBUTES);
}

/** Forgets the session in the browser. */
export function dropSession(cookies: Cookies): void {
  cookies.delete(SESSION_COOKIES.citizen, SESSION_COOKIE_ATTRIBUTES);
}

/** The language a person chose last, unchecked. */
export function rememberedLanguage(cookies: Cookies): string | undefined {
  return cookies.get(LANGUAGE_COOKIE);
}

/** Remembers the language of the page a person opened. */
export function rememberLanguage(cookies: Cookies, language: string): void {
  if (cookies.get(LANGUAGE_COOKIE) === language) return;
  cookies.set(LANGUAGE_COOKIE, language, { ...SESSION_COOKIE_ATTRIBUTES, maxAge: YEAR_SECONDS });
}

/** How a person signed in last time; that way stands first. Null when this browser does not know. */
export function lastWay(cookies: Cookies): WayToSignIn | null {
  return WAYS.find((way) => way === cookies.get(WAY_COOKIE)) ?? null;
}

/** Remembers the way of signing in. */
export function rememberWay(cookies: Cookies, way: WayToSignIn): void {
  cookies.set(WAY_COOKIE, way, { ...SESSION_COOKIE_ATTRIBUTES, maxAge: YEAR_SECONDS });
}
