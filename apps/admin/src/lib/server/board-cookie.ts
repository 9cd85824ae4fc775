import { BoardToken } from '@mse/contracts/boards';
import type { Cookies } from '@sveltejs/kit';

const NAME = '__Host-saraptama-board';
const YEAR_SECONDS = 365 * 24 * 60 * 60;
const OPTIONS = {
  path: '/',
  httpOnly: true,
  secure: true,
  sameSite: 'strict',
  maxAge: YEAR_SECONDS,
} as const;

/** The token of the board this browser shows, or null. It is nobody's session. */
export function readBoard(cookies: Cookies): string | null {
  const token = BoardToken.safeParse(cookies.get(NAME));
  return token.success ? token.data : null;
}

/** Keeps the token for a year: a screen in a hall is switched off every evening. */
export function keepBoard(cookies: Cookies, token: string): void {
  cookies.set(NAME, token, OPTIONS);
}

export function forgetBoard(cookies: Cookies): void {
  cookies.delete(NAME, OPTIONS);
}
