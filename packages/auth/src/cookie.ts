import type { SessionAudience } from '@mse/domain/identity';

/**
 * Names of the two session cookies. `__Host-` makes the browser insist on Secure, Path=/ and no Domain, so a sibling
 * host cannot plant one (T09). Portal and admin have different names, so the same browser can hold both.
 */
export const SESSION_COOKIES = {
  citizen: '__Host-saraptama',
  staff: '__Host-saraptama-staff',
} as const satisfies Record<SessionAudience, string>;

/**
 * Attributes of both cookies. They end with the browser; the session itself ends by the policy on the server.
 * Browsers take Secure cookies over plain http from localhost only.
 */
export const SESSION_COOKIE_ATTRIBUTES = {
  path: '/',
  secure: true,
  httpOnly: true,
  sameSite: 'lax',
} as const;
