/** `npm run reset`: removes everything the project made here, so that the next start begins anew. Asks nothing. */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { lockOwner } from './build.ts';
import { dataFolder, repositoryRoot } from './paths.ts';
import { describeProcess, isAlive } from './process-table.ts';
import { replacementFor } from './unprivileged.ts';

const folder = dataFolder();
const databases = [join(folder, 'postgres'), replacementFor(join(folder, 'postgres'))];

/** The server that works on a database folder, if there is one. */
function serverOf(database: string): number | undefined {
  const note = join(database, 'postmaster.pid');
  if (!existsSync(note)) return undefined;
  const pid = Number(readFileSync(note, 'utf8').split('\n')[0]);
  return describeProcess(pid)?.command.includes(database) === true ? pid : undefined;
}

/**
 * Stays: what was fetched from npm (without it the next start would need the network), and the folders of
 * tests that are running now.
 */
function stays(name: string): boolean {
  const test = /^test-(\d+)/.exec(name)?.[1];
  return name === 'tools' || (test !== undefined && isAlive(Number(test)));
}

const owner = lockOwner(join(folder, 'service.lock'));
const server = databases.map(serverOf).find((pid) => pid !== undefined);
if (owner !== undefined) {
  console.error(`✗ Saraptama is running as process ${owner}. Stop it with Ctrl-C where it runs, then reset.`);
  process.exitCode = 1;
} else if (server !== undefined) {
  console.error(
    `✗ The database of this folder is running as process ${server}. Stop it (kill ${server}), then reset.`,
  );
  process.exitCode = 1;
} else {
  const found = existsSync(folder) ? readdirSync(folder).filter((name) => !stays(name)) : [];
  const paths = [...found.map((name) => join(folder, name)), ...databases];
  for (const path of paths) rmSync(path, { recursive: true, force: true });
  console.log(`✓ ${relative(repositoryRoot, folder) || folder} is empty; npm start begins anew`);
}
