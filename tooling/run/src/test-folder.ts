import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { guardFolder } from './guard.ts';
import { repositoryRoot } from './paths.ts';
import { isAlive } from './process-table.ts';

const variable = 'TEST_DATA_DIR';
const parent = join(repositoryRoot, '.data');

/**
 * The throw-away folder of this run of tests. The first who asks makes it; the processes started from there
 * share it. It is removed when the one who made it is gone.
 */
export function testFolder(): string {
  const given = process.env[variable];
  if (given !== undefined && existsSync(given)) return given;
  removeAbandoned();
  const folder = join(parent, `test-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  guardFolder(folder);
  process.env[variable] = folder;
  return folder;
}

/** Folders of runs that were killed together with their guard. */
function removeAbandoned(): void {
  for (const name of existsSync(parent) ? readdirSync(parent) : []) {
    const pid = /^test-(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid)))
      rmSync(join(parent, name), { recursive: true, force: true });
  }
}
