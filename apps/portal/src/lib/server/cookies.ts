import type { Cookies } from '@sveltejs/kit';
import { SESSION_POLICY } from '@mse/domain/identity';

/** Where the session token lives: unreachable for scripts, sent to this very host only, never over plain HTTP. */
const SESSION_COOKIE = '__Host-saraptama';
const LANGUAGE_COOKIE = '__Host-saraptama-language';
const WAY_COOKIE = '__Host-saraptama-way';

const OURS = { path: '/', httpOnly: true, secure: true, sameSite: 'lax' } as const;
const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** The session token a browser brings, or null. */
export function sessionToken(cookies: Cookies): string | null {
  return cookies.get(SESSION_COOKIE) ?? null;
}

/** Keeps a fresh session in the browser, for no longer than a session can last. */
export function keepSession(cookies: Cookies, token: string): void {
  cookies.set(SESSION_COOKIE, token, { ...OURS, maxAge: SESSION_POLICY.citizen.totalMinutes * 60 });
}

/** Forgets the session in the browser. */
export function dropSession(cookies: Cookies): void {
  cookies.delete(SESSION_COOKIE, OURS);
}

/** The language a person chose last, unchecked. */
export function rememberedLanguage(cookies: Cookies): string | undefined {
  return cookies.get(LANGUAGE_COOKIE);
}

/** Remembers the language of the page a person opened. */
export function rememberLanguage(cookies: Cookies, language: string): void {
  if (cookies.get(LANGUAGE_COOKIE) !== language)
    cookies.set(LANGUAGE_COOKIE, language, { ...OURS, maxAge: YEAR_SECONDS });
}

/** How a person signed in last time; that way stands first. */
export function lastWay(cookies: Cookies): 'sms' | 'signature' {
  return cookies.get(WAY_COOKIE) === 'signature' ? 'signature' : 'sms';
}

/** Remembers the way of signing in. */
export function rememberWay(cookies: Cookies, way: 'sms' | 'signature'): void {
  cookies.set(WAY_COOKIE, way, { ...OURS, maxAge: YEAR_SECONDS });
}
