import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What the guard is told. A group is a process with all its descendants that did not leave it. */
export type GuardMessage =
  | { kind: 'process'; pid: number; group: boolean; signal: NodeJS.Signals }
  | { kind: 'process-ended'; pid: number }
  | { kind: 'folder'; path: string }
  | { kind: 'folder-removed'; path: string };

let guard: ChildProcess | undefined;

function tell(message: GuardMessage): void {
  if (guard?.connected !== true) {
    guard = fork(fileURLToPath(new URL('guard-process.ts', import.meta.url)), {
      detached: true,
      stdio: 'ignore',
      execArgv: [],
    });
    guard.unref();
    guard.channel?.unref();
  }
  guard.send(message);
}

/**
 * Has a process ended when this one is gone.
 * @param signal what asks it to end; it is killed when it has not ended after five seconds
 */
export function guardProcess(pid: number, options: { group?: boolean; signal?: NodeJS.Signals } = {}): void {
  tell({ kind: 'process', pid, group: options.group ?? false, signal: options.signal ?? 'SIGTERM' });
}

/** A guarded process ended by itself; its number may be given to a stranger from now on. */
export function unguardProcess(pid: number): void {
  tell({ kind: 'process-ended', pid });
}

/** Has a throw-away folder removed when this process is gone. */
export function guardFolder(path: string): void {
  tell({ kind: 'folder', path });
}

/** A guarded folder was removed, or shall stay. */
export function unguardFolder(path: string): void {
  tell({ kind: 'folder-removed', path });
}
