import type { Log } from './platform/log.ts';

const GRACE_MS = 10_000;

/** Ends a process in order on SIGTERM or SIGINT: first no new work, then what is under way, then the connections. */
export function onShutdown(log: Log, close: () => Promise<void>): void {
  let ending = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (ending) return;
      ending = true;
      log.info({ signal }, 'stopping');
      setTimeout(() => process.exit(1), GRACE_MS).unref();
      close().then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ err: error }, 'stopping failed');
          process.exit(1);
        },
      );
    });
  }
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'));
}
