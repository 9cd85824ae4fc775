import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((settle) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      // A machine without IPv6 says nothing about the port.
      settle(error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT');
    });
    server.listen({ port, host, exclusive: true }, () => server.close(() => settle(true)));
  });
}

/** True when nobody listens on this port of this machine. */
export async function isPortFree(port: number): Promise<boolean> {
  return (await canListen(port, '127.0.0.1')) && (await canListen(port, '::'));
}

/** The first free port from `start` upwards that is not in `taken`. */
export async function nextFreePort(start: number, taken: ReadonlySet<number> = new Set()): Promise<number> {
  for (let port = start; port < 65_536; port += 1) {
    if (!taken.has(port) && (await isPortFree(port))) return port;
  }
  throw new Error(`No free port from ${start} upwards.`);
}

/**
 * Some free port for a test. Taken below the range from which systems give ports to outgoing connections, so
 * that none of those can take it before we listen.
 */
export async function freePort(taken: ReadonlySet<number> = new Set()): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const port = randomInt(20_000, 32_000);
    if (!taken.has(port) && (await isPortFree(port))) return port;
  }
  throw new Error('No free port between 20000 and 32000.');
}
