import { createAdaptorServer } from '@hono/node-server';
import type { Server } from 'node:http';
import { compose } from './compose.ts';
import { readSettings } from './env.ts';
import { createHttp } from './http.ts';
import { onShutdown } from './shutdown.ts';

/** Entry of the API process. */
const settings = readSettings();
const { deps, close } = await compose(settings, 'api');
const server = createAdaptorServer({ fetch: createHttp(deps).fetch }) as Server;
// When a year's places open, everybody comes in the same second: the queue of connections must be as long as the crowd,
// or the kernel resets those who waited (Node's own is 511).
server.listen({ host: settings.API_HOST, port: settings.API_PORT, backlog: 4096 }, () => {
  deps.log.info({ port: settings.API_PORT, mode: settings.SERVICE_MODE }, 'api ready');
});

onShutdown(deps.log, async () => {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  // Event streams never end by themselves.
  setTimeout(() => server.closeAllConnections(), 2000).unref();
  await closed;
  await close();
});
