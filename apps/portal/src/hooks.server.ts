import { API_URL, NCALAYER_URL, PORTAL_SECRET, SERVICE_MODE } from '$app/env/private';
import { createApiClient } from '@mse/api-client';
import { isLanguage } from '@mse/domain/shared';
import { handleMissingText } from '@mse/i18n';
import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit/hooks';
import { displayAttributes } from '#lib/display.ts';
import { freshId } from '#lib/server/chance.ts';
import { dropSession, rememberedLanguage, rememberLanguage, sessionToken } from '#lib/server/cookies.ts';
import { keptDisplay } from '#lib/server/display-cookie.ts';
import { startHandingOver } from '#lib/server/fault-reports.ts';
import { squeeze } from '#lib/server/compression.ts';
import { leanFetch } from '#lib/server/lean-fetch.ts';
import { log } from '#lib/server/log.ts';
import { whoIsSignedIn } from '#lib/server/who-is-signed-in.ts';

export const init: ServerInit = () => {
  if (SERVICE_MODE === 'production' && PORTAL_SECRET.startsWith('demo-secret')) {
    throw new Error('Setting PORTAL_SECRET: must be set to a secret of at least 32 characters in production');
  }
  if (SERVICE_MODE === 'production') {
    handleMissingText((language, key) => log('error', 'text missing', { language, key }));
  }
  startHandingOver();
};

/** The sign-in page that talks to a program on the person's own computer; beside it only pages that collect a signature may. */
const SIGNING_ROUTE = '/[lang=language]/sign-in/signature/sign';

const SECURITY_HEADERS: Record<string, string> = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()',
  // Other sites learn nothing; with no-referrer the browser would send `Origin: null` with our own forms.
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** Attributes after the name of an element; nothing when there are none. */
const spaced = (attributes: string) => (attributes === '' ? '' : ` ${attributes}`);

export const handle: Handle = async ({ event, resolve }) => {
  const started = performance.now();
  const { locals, cookies, url } = event;
  const first = url.pathname.split('/')[1] ?? '';
  const remembered = rememberedLanguage(cookies);
  locals.language = isLanguage(first) ? first : remembered && isLanguage(remembered) ? remembered : 'kk';
  locals.display = keptDisplay(cookies);
  locals.requestId = freshId();
  locals.token = sessionToken(cookies);
  locals.api = createApiClient({
    url: API_URL,
    token: locals.token,
    language: locals.language,
    requestId: locals.requestId,
    clientAddress: event.getClientAddress(),
    fetch: leanFetch,
  });
  locals.me = whoIsSignedIn(locals, () => dropSession(cookies));
  if (isLanguage(first) && event.request.method === 'GET') rememberLanguage(cookies, first);

  const response = await resolve(event, {
    transformPageChunk: ({ html }) =>
      html
        .replace('%lang%', locals.language)
        .replace(' %display%', () => spaced(displayAttributes(locals.display))),
    preload: ({ type }) => type === 'css',
  });
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.headers.set(name, value);
  const policy = response.headers.get('content-security-policy');
  if (policy && (event.route.id === SIGNING_ROUTE || locals.signs)) {
    response.headers.set(
      'content-security-policy',
      policy.replace("connect-src 'self'", `connect-src 'self' ${NCALAYER_URL}`),
    );
  }
  if (url.protocol === 'https:')
    response.headers.set('strict-transport-security', 'max-age=63072000; includeSubDomains');
  response.headers.set('x-request-id', locals.requestId);
  // A page that may show somebody's data is nobody else's, not even the back button's after signing out.
  if (!response.headers.has('cache-control'))
    response.headers.set('cache-control', locals.token ? 'no-store' : 'no-cache');
  log(response.status >= 500 ? 'error' : 'info', 'request', {
    requestId: locals.requestId,
    method: event.request.method,
    route: event.route.id,
    status: response.status,
    ms: Math.round(performance.now() - started),
  });
  return squeeze(event.request, response);
};

export const handleError: HandleServerError = ({ kind, error, event }) => {
  if (kind === 'app') return {};
  if (kind === 'unknown') {
    const name = error instanceof Error ? error.name : 'unknown';
    const stack = error instanceof Error ? (error.stack ?? '').split('\n').slice(1, 6).join(' | ') : '';
    log('error', 'unexpected failure', {
      requestId: event.locals.requestId,
      route: event.route.id,
      name,
      stack,
    });
    return { message: 'broken', incident: event.locals.requestId };
  }
  return {};
};
