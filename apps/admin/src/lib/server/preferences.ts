import type { Cookies } from '@sveltejs/kit';

const YEAR_SECONDS = 365 * 24 * 60 * 60;
const OPTIONS = { path: '/', httpOnly: true, secure: true, sameSite: 'lax', maxAge: YEAR_SECONDS } as const;
const ROOM = '__Host-saraptama-room';
const KEYS = '__Host-saraptama-keys';
const REFRESH = '__Host-saraptama-refresh';

/** The room a clerk calls people to. A shared desk has one browser and several clerks, so the choice carries whose it is. */
export interface RoomChoice {
  personId: string;
  room: string;
}

export function readRoomChoice(cookies: Cookies): RoomChoice | null {
  const kept = cookies.get(ROOM) ?? '';
  const colon = kept.indexOf(':');
  return colon > 0 ? { personId: kept.slice(0, colon), room: kept.slice(colon + 1) } : null;
}

export function keepRoom(cookies: Cookies, personId: string, room: string): void {
  cookies.set(ROOM, `${personId}:${room}`, OPTIONS);
}

/** Whether single keys act on the day queue. On until switched off (WCAG 2.1.4). */
export function readKeys(cookies: Cookies): boolean {
  return cookies.get(KEYS) !== 'off';
}

export function keepKeys(cookies: Cookies, on: boolean): void {
  cookies.set(KEYS, on ? 'on' : 'off', OPTIONS);
}

/**
 * Whether the day queue reloads itself in a browser without JavaScript. Off until asked for: a page that reloads under a
 * reader takes their place away (WCAG 2.2.4, 3.2.5).
 */
export function readRefresh(cookies: Cookies): boolean {
  return cookies.get(REFRESH) === 'on';
}

export function keepRefresh(cookies: Cookies, on: boolean): void {
  cookies.set(REFRESH, on ? 'on' : 'off', OPTIONS);
}
