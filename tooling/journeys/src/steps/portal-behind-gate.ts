import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, repositoryRoot } from '@mse/run';
import { until, type World } from './world.ts';

/** One more portal, whose way to the API can be closed: for it the API is then away, for all others it is not. */
export interface PortalBehindGate {
  url: string;
  close(): Promise<void>;
  /** Cuts the way to the API: what is on its way breaks, new connections are refused. */
  shutGate(): Promise<void>;
  openGate(): Promise<void>;
}

/** Starts the portal; the header `x-test-network` tells it the network of a visitor. */
export async function startPortalBehindGate(world: World): Promise<PortalBehindGate> {
  const api = new URL(world.at.api[0] ?? '');
  const sockets = new Set<Socket>();
  const gate = createServer((inner) => {
    const outer = connect(Number(api.port), api.hostname);
    for (const [one, other] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      sockets.add(one);
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  const listen = async (port: number) => {
    gate.listen(port, '127.0.0.1');
    await once(gate, 'listening');
    return (gate.address() as AddressInfo).port;
  };
  const shutGate = async () => {
    if (!gate.listening) return;
    const shut = once(gate, 'close');
    gate.close();
    for (const socket of sockets) socket.destroy();
    await shut;
  };
  const gatePort = await listen(0);
  const port = await freePort();
  const spool = await mkdtemp(join(tmpdir(), 'portal-spool-'));
  const url = `http://localhost:${port}`;
  const child = spawn(process.execPath, [join(repositoryRoot, 'apps/portal/server.ts')], {
    cwd: join(repositoryRoot, 'apps/portal'),
    stdio: 'ignore',
    env: {
      ...process.env,
      NODE_ENV: 'production',
      SERVICE_MODE: 'demo',
      HOST: 'localhost',
      PORT: String(port),
      API_URL: `http://127.0.0.1:${gatePort}`,
      PORTAL_URL: url,
      NCALAYER_URL: world.at.ncalayer,
      SPOOL_DIR: spool,
      ADDRESS_HEADER: 'x-test-network',
    },
  });
  await until('the portal behind the gate', () =>
    fetch(`${url}/health`, { headers: { 'x-test-network': '198.51.100.1' } }).then(
      (answer) => answer.ok,
      () => false,
    ),
  );
  return {
    url,
    shutGate,
    openGate: async () => void (await listen(gatePort)),
    async close() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      await shutGate();
      await rm(spool, { recursive: true, force: true });
    },
  };
}
