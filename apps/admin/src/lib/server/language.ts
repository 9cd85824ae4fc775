import { isLanguage, type Language } from '@mse/domain/shared';
import type { Cookies } from '@sveltejs/kit';

const NAME = '__Host-saraptama-language';
const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** The language chosen last in this browser; the state language for a first visit. */
export function readLanguage(cookies: Cookies): Language {
  const kept = cookies.get(NAME) ?? '';
  return isLanguage(kept) ? kept : 'kk';
}

/** Remembers a language that was chosen by opening a page in it. */
export function keepLanguage(cookies: Cookies, language: Language): void {
  if (cookies.get(NAME) === language) return;
  cookies.set(NAME, language, {
    path: '/',
    httpOnly: true,
    secure: true,
    sameSite: 'lax',
    maxAge: YEAR_SECONDS,
  });
}
