import { createServer } from 'node:http';

/**
 * Starts the built portal: `HOST` (127.0.0.1) and `PORT` (3000) from the environment. TLS belongs to the proxy in front,
 * which tells the scheme in `x-forwarded-proto`; without a proxy the scheme is http. Stops gracefully: no new requests,
 * those on their way are answered.
 */
process.env.PROTOCOL_HEADER ??= 'x-forwarded-proto';
// RG-07: a copy of a document is at most 5 MB; the handler's own bound is half a megabyte.
process.env.BODY_SIZE_LIMIT ??= '6M';
const built = './build/handler.js';
const { handler } = (await import(built)) as { handler: import('node:http').RequestListener };

const GRACE_MS = 10_000;
const host = process.env.HOST ?? '127.0.0.1';
const port = Number(process.env.PORT ?? 3000);

const server = createServer((request, response) => {
  request.headers['x-forwarded-proto'] ??= 'http';
  handler(request, response);
});
server.keepAliveTimeout = 65_000; // longer than a proxy's, so that it never meets a closing connection
server.listen(port, host, () => {
  process.stdout.write(`${JSON.stringify({ level: 'info', app: 'portal', msg: 'listening', host, port })}\n`);
});
server.on('error', (failure: NodeJS.ErrnoException) => {
  const words =
    failure.code === 'EADDRINUSE' ? `Port ${port} is busy: set PORT to a free one` : failure.message;
  process.stderr.write(`${words}\n`);
  process.exit(1);
});

let stopping = false;
function stop(): void {
  if (stopping) return;
  stopping = true;
  server.close(() => process.exit(0));
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), GRACE_MS).unref();
}
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
