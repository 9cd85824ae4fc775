import type { AppRouter } from '@mse/api/router';
import type { Language } from '@mse/domain/shared';
import { createTRPCClient, httpBatchLink, type TRPCClient, TRPCClientError } from '@trpc/client';

export type ApiClient = TRPCClient<AppRouter>;

/**
 * A client of the API for one request of one person. `token` is the session token or null; `requestId` ties the logs of
 * both sides together; `network` is the caller's address as the front end saw it. Inputs travel in the body (POST),
 * so that nothing of a person stands in a URL.
 */
export function createApiClient(options: {
  url: string;
  token: string | null;
  language: Language;
  requestId?: string;
  clientAddress?: string;
  fetch?: typeof globalThis.fetch;
}): ApiClient {
  const headers: Record<string, string> = { 'accept-language': options.language, 'x-saraptama': '1' };
  if (options.token) headers.authorization = `Bearer ${options.token}`;
  if (options.requestId) headers['x-request-id'] = options.requestId;
  if (options.clientAddress) headers['x-client-address'] = options.clientAddress;
  return createTRPCClient<AppRouter>({
    links: [
      httpBatchLink({
        url: `${options.url}/trpc`,
        methodOverride: 'POST',
        maxItems: 10,
        headers,
        ...(options.fetch ? { fetch: options.fetch } : {}),
      }),
    ],
  });
}

/** What went wrong with a call, as far as a page needs to know it. */
export type ApiFailure =
  | { kind: 'sign-in' }
  | { kind: 'step-up' }
  | { kind: 'not-found' }
  | { kind: 'invalid'; fields: Record<string, string> }
  | { kind: 'too-many' }
  /** A bug or an outage; the id stands in the logs. */
  | { kind: 'broken'; requestId: string | null };

/** Reads the failure of a call; throws what is not a failure of a call. */
export function apiFailure(error: unknown): ApiFailure {
  if (!(error instanceof TRPCClientError)) throw error;
  const data = error.data as
    { code?: string; requestId?: string | null; fields?: Record<string, string> | null } | undefined;
  switch (data?.code) {
    case 'UNAUTHORIZED':
      return { kind: 'sign-in' };
    case 'FORBIDDEN':
      return { kind: 'step-up' };
    case 'NOT_FOUND':
      return { kind: 'not-found' };
    case 'BAD_REQUEST':
      return { kind: 'invalid', fields: data.fields ?? {} };
    case 'TOO_MANY_REQUESTS':
      return { kind: 'too-many' };
    default:
      return { kind: 'broken', requestId: data?.requestId ?? null };
  }
}
