import type { Language } from '@mse/domain/shared';

/**
 * What a call carries, as the clients' type program sees it: no driver types here, or the whole of drizzle would travel
 * into the front ends. `server` holds the server's own dependencies and is opened by `trpc.ts` alone.
 */
export interface RequestScope {
  requestId: string;
  language: Language;
  /** Session token from `Authorization: Bearer`, if any. */
  token: string | null;
  /** Network of the caller as far as limits are concerned: /32 of IPv4, /64 of IPv6. */
  network: string;
  server: object;
}
