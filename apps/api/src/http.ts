import { isLanguage } from '@mse/domain/shared';
import { getConnInfo } from '@hono/node-server/conninfo';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { sql } from 'drizzle-orm';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { boardEvents } from './capabilities/boards/boards.events.ts';
import { demoRoutes } from './capabilities/demo/demo.routes.ts';
import { deskEvents } from './capabilities/desk/desk.events.ts';
import { applicationFileRoutes } from './capabilities/expert-application/application-files.routes.ts';
import { skillsRoutes } from './capabilities/expert-register/skills.routes.ts';
import { fieldFileRoutes } from './capabilities/field-sessions/field-files.routes.ts';
import { fileRoutes } from './capabilities/documents/files.routes.ts';
import { heldPageRoutes } from './capabilities/dossiers/held-pages.routes.ts';
import { pageRoutes } from './capabilities/expert-desk/pages.routes.ts';
import { journalFileRoutes } from './capabilities/journals/journal-files.routes.ts';
import { executionRoutes } from './capabilities/results/executions.routes.ts';
import { documentFileRoutes } from './capabilities/results/document-files.routes.ts';
import { intakeRoutes } from './capabilities/intake/intake.routes.ts';
import type { Deps } from './deps.ts';
import { networkOf } from './platform/network.ts';
import { freshKey } from './platform/random.ts';
import type { RequestScope } from './request-scope.ts';
import { appRouter } from './router.ts';

const MAX_CALL_BYTES = 512 * 1024;
const MAX_BATCH = 10;
const REQUEST_ID = /^[\w-]{8,64}$/;

/** The API over HTTP. Front ends speak tRPC, clinics the integration routes, probes and Prometheus the rest. */
export function createHttp(deps: Deps): Hono {
  const app = new Hono();

  app.use('*', async (context, next) => {
    await next();
    context.header('x-content-type-options', 'nosniff');
    context.header('referrer-policy', 'no-referrer');
    context.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
    if (!context.res.headers.has('cache-control')) context.header('cache-control', 'no-store');
  });

  app.get('/health', (context) => context.json({ status: 'ok' }));
  app.get('/ready', async (context) => {
    try {
      await deps.db.execute(sql`select 1`);
      return context.json({ status: 'ready', liveUpdates: deps.live.connected() });
    } catch {
      return context.json({ status: 'database-unreachable' }, 503);
    }
  });
  app.get('/metrics', async (context) => {
    context.header('content-type', deps.metrics.registry.contentType);
    return context.body(await deps.metrics.registry.metrics());
  });

  app.use('/trpc/*', bodyLimit({ maxSize: MAX_CALL_BYTES }));
  app.all('/trpc/*', async (context) => {
    // A header no cross-site form can set: the second wall after bearer tokens.
    if (context.req.header('x-saraptama') !== '1') return context.json({ error: 'header' }, 400);
    const response = await fetchRequestHandler({
      endpoint: '/trpc',
      req: context.req.raw,
      router: appRouter,
      createContext: () => requestScope(context, deps),
      allowMethodOverride: true,
      maxBatchSize: MAX_BATCH,
    });
    return response;
  });

  app.route('/integration/v1/skills', skillsRoutes(deps));
  app.route('/integration/v1/programme-executions', executionRoutes(deps));
  app.route('/integration/v1', intakeRoutes(deps));
  app.route('/files/expert-application', applicationFileRoutes(deps));
  app.route('/files', fieldFileRoutes(deps));
  app.route('/files', fileRoutes(deps));
  app.route('/files', pageRoutes(deps));
  app.route('/files', heldPageRoutes(deps));
  app.route('/files', documentFileRoutes(deps));
  app.route('/files', journalFileRoutes(deps));
  app.route('/events', deskEvents(deps));
  app.route('/events', boardEvents(deps));
  if (deps.demoClock) app.route('/demo', demoRoutes(deps, deps.demoClock));

  app.notFound((context) => context.json({ error: 'not-found' }, 404));
  app.onError((error, context) => {
    const requestId = freshKey();
    deps.log.error({ err: error, requestId }, 'request failed');
    return context.json({ error: 'internal', requestId }, 500);
  });
  return app;
}

/** What a call carries, read from its headers. */
export function requestScope(context: Context, deps: Deps): RequestScope {
  const authorization = context.req.header('authorization') ?? '';
  const language = context.req.header('accept-language')?.slice(0, 2) ?? 'kk';
  const requestId = context.req.header('x-request-id') ?? '';
  return {
    requestId: REQUEST_ID.test(requestId) ? requestId : freshKey(),
    language: isLanguage(language) ? language : 'kk',
    token: authorization.startsWith('Bearer ') ? authorization.slice(7) : null,
    network: networkOf(context.req.header('x-client-address') ?? peerAddress(context)),
    server: deps,
  };
}

/** Address of the other end of the connection; a test's in-process request has none. */
function peerAddress(context: Context): string {
  try {
    return getConnInfo(context).remote.address ?? 'unknown';
  } catch {
    return 'unknown';
  }
}
