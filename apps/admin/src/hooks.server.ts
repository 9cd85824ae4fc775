import { createApiClient } from '@mse/api-client';
import { isLanguage } from '@mse/domain/shared';
import { handleMissingText } from '@mse/i18n';
import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit/hooks';
import { API_URL, NCALAYER_URL, SERVICE_MODE } from '$app/env/private';
import { squeeze } from '#lib/server/compression.ts';
import { freshId } from '#lib/chance.ts';
import { errorWords } from '#lib/server/error-words.ts';
import { keepLanguage, readLanguage } from '#lib/server/language.ts';
import { log } from '#lib/server/log.ts';
import { patientFetch } from '#lib/server/patient-fetch.ts';
import { readSession } from '#lib/server/session-cookie.ts';

export const init: ServerInit = () => {
  if (SERVICE_MODE === 'production') {
    handleMissingText((language, key) => log('error', 'text missing', { language, key }));
  }
};

const SIGN_IN = '/[lang=language]/sign-in';
/** Pages with a scan field. */
const SCANNING = new Set(['/[lang=language]/(staff)/arrival', '/[lang=language]/(staff)/live-queue']);

const SECURITY_HEADERS: Record<string, string> = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  // Other sites learn nothing; with no-referrer the browser would send `Origin: null` with our own forms.
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

export const handle: Handle = async ({ event, resolve }) => {
  const started = performance.now();
  const { locals, cookies, url } = event;
  const first = url.pathname.split('/')[1] ?? '';
  locals.language = isLanguage(first) ? first : readLanguage(cookies);
  locals.requestId = freshId();
  locals.token = readSession(cookies);
  locals.api = createApiClient({
    url: API_URL,
    token: locals.token,
    language: locals.language,
    requestId: locals.requestId,
    clientAddress: event.getClientAddress(),
    fetch: patientFetch,
  });
  if (isLanguage(first) && event.request.method === 'GET') keepLanguage(cookies, first);

  const answer = await resolve(event, {
    transformPageChunk: ({ html }) => html.replace('%lang%', locals.language),
    filterSerializedResponseHeaders: (name) => name === 'content-type',
    preload: ({ type }) => type === 'css' || type === 'js',
  });
  // An answer passed on from `fetch` has headers that cannot be changed.
  const response = new Response(answer.body, answer);
  const { headers } = response;
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) headers.set(name, value);
  signingRights(
    headers,
    event.route.id === SIGN_IN || locals.signs === true,
    SCANNING.has(event.route.id ?? ''),
  );
  if (url.protocol === 'https:')
    headers.set('strict-transport-security', 'max-age=63072000; includeSubDomains');
  headers.set('x-request-id', locals.requestId);
  // Whatever a clerk sees is nobody else's, not even the back button's after signing out.
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
  log(response.status >= 500 ? 'error' : 'info', 'request', {
    requestId: locals.requestId,
    method: event.request.method,
    route: event.route.id,
    status: response.status,
    ms: Math.round(performance.now() - started),
  });
  return squeeze(event.request, response);
};

/** Only the sign-in page and pages that collect a signature may reach the signing program on the clerk's own computer, only the check-in its camera. */
function signingRights(headers: Headers, signing: boolean, scanning: boolean): void {
  const own = signing ? '(self)' : '()';
  headers.set(
    'permissions-policy',
    `camera=${scanning ? '(self)' : '()'}, geolocation=(), microphone=(), payment=(), usb=(), loopback-network=${own}, local-network-access=${own}`,
  );
  const policy = headers.get('content-security-policy');
  if (policy && signing)
    headers.set(
      'content-security-policy',
      policy.replace("connect-src 'self'", `connect-src 'self' ${NCALAYER_URL}`),
    );
}

export const handleError: HandleServerError = ({ kind, error, event }) => {
  const { requestId, language } = event.locals;
  if (kind === 'unknown') {
    // The message is left out: it may carry what a person typed.
    const name = error instanceof Error ? error.name : 'unknown';
    const stack = error instanceof Error ? (error.stack ?? '').split('\n').slice(1, 6).join(' | ') : '';
    log('error', 'unexpected failure', { requestId, route: event.route.id, name, stack });
  }
  const status = kind === 'unknown' ? 500 : error.status;
  return { words: errorWords(language, status, requestId) };
};
