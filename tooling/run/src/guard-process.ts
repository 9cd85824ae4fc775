/**
 * The guard: a small process that outlives the one that started it for a moment. Told of every process and
 * every throw-away folder, it ends and removes them when its parent is gone, however that went: killed,
 * crashed, or simply finished and forgetful. See `guard.ts`.
 */
import { rmSync } from 'node:fs';
import type { GuardMessage } from './guard.ts';
import { isAlive } from './process-table.ts';
import { signalProcess } from './signals.ts';

const graceMilliseconds = 5000;

const processes = new Map<number, { group: boolean; signal: NodeJS.Signals }>();
const folders = new Set<string>();

// The terminal sends these to everybody at once; the guard is the one who stays.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

process.on('message', (message: GuardMessage) => {
  switch (message.kind) {
    case 'process':
      processes.set(message.pid, { group: message.group, signal: message.signal });
      break;
    case 'process-ended':
      processes.delete(message.pid);
      break;
    case 'folder':
      folders.add(message.path);
      break;
    case 'folder-removed':
      folders.delete(message.path);
      break;
  }
});

process.on('disconnect', () => {
  void cleanUp().then(() => process.exit(0));
});

async function cleanUp(): Promise<void> {
  for (const [pid, { group, signal }] of processes) signalProcess(pid, signal, group);
  const deadline = Date.now() + graceMilliseconds;
  const left = () => [...processes].filter(([pid, { group }]) => isAlive(pid, group));
  while (left().length > 0 && Date.now() < deadline) await new Promise((wake) => setTimeout(wake, 50));
  for (const [pid, { group }] of left()) signalProcess(pid, 'SIGKILL', group);
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}
