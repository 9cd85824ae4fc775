import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

interface ProcessState {
  state: string;
  parent: number;
  group: number;
}

/** What Linux tells about a process; undefined when there is none. */
function readState(pid: number | string): ProcessState | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    // It ended while we looked.
    return undefined;
  }
  // The name in brackets may hold anything, blanks and brackets too.
  const [state = '', parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { state, parent: Number(parent), group: Number(group) };
}

function canBeSignalled(target: number): boolean {
  try {
    process.kill(target, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * True while a process, or any process of its group, lives. One that ended and only waits for its parent to
 * notice does not count, where the system lets us see that (Linux).
 */
export function isAlive(pid: number, group = false): boolean {
  if (!canBeSignalled(group ? -pid : pid)) return false;
  if (!existsSync('/proc/self/stat')) return true;
  const states = group
    ? readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .map(readState)
        .filter((state) => state?.group === pid)
    : [readState(pid)];
  return states.some((state) => state !== undefined && state.state !== 'Z');
}

/** What the system tells about a process: its command line and its parent. Undefined when there is none. */
export function describeProcess(pid: number): { command: string; parent: number } | undefined {
  if (existsSync('/proc/self/stat')) {
    const state = readState(pid);
    if (!state) return undefined;
    return {
      command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' '),
      parent: state.parent,
    };
  }
  const answer = spawnSync('ps', ['-o', 'ppid=,command=', '-p', String(pid)], {
    encoding: 'utf8',
  }).stdout.trim();
  const [, parent, command] = /^(\d+)\s+(.*)$/s.exec(answer) ?? [];
  return parent === undefined || command === undefined ? undefined : { command, parent: Number(parent) };
}
