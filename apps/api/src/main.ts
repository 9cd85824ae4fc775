import { serve } from '@hono/node-server';
import type { Server } from 'node:http';
import { compose } from './compose.ts';
import { readSettings } from './env.ts';
import { createHttp } from './http.ts';
import { onShutdown } from './shutdown.ts';

/** Entry of the API process. */
const settings = readSettings();
const { deps, close } = await compose(settings, 'api');
const server = serve({ fetch: createHttp(deps).fetch, hostname: settings.API_HOST, port: settings.API_PORT }, (address) => {
  deps.log.info({ port: address.port, mode: settings.SERVICE_MODE }, 'api ready');
}) as Server;

onShutdown(deps.log, async () => {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  // Event streams never end by themselves.
  setTimeout(() => server.closeAllConnections(), 2000).unref();
  await closed;
  await close();
});
