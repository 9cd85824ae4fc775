import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { repositoryRoot } from './paths.ts';
import { isAlive } from './process-table.ts';
import { runProcess, type RunningProcess } from './processes.ts';
import { hashSources } from './sources.ts';

/** What a build makes; all of it must be there. */
const products = ['apps/api/dist/main.js', 'apps/portal/build/handler.js', 'apps/admin/build/handler.js'];

/** The project keeps these beside its data, whatever DATA_DIR says: they belong to the checkout. */
const checkoutFolder = join(repositoryRoot, '.data');
const stamp = join(checkoutFolder, 'built');

/** Fingerprint of everything a build is made from. */
function sourcesOfBuild(): string {
  return hashSources(['apps', 'packages', 'tooling/typescript']);
}

/** True when the sources changed since the last build, or a part of it is missing. */
export function needsBuild(hash = sourcesOfBuild()): boolean {
  if (!products.every((product) => existsSync(join(repositoryRoot, product)))) return true;
  return !existsSync(stamp) || readFileSync(stamp, 'utf8') !== hash;
}

/** Environment for turbo: it looks for pnpm on the path, and shall neither call home nor hold variables back. */
export function turboEnvironment(): Record<string, string> {
  const tools = join(checkoutFolder, 'tools');
  const pnpm = existsSync(tools) ? findPnpm(tools) : [];
  return {
    PATH: [dirname(process.execPath), ...pnpm, process.env['PATH'] ?? ''].join(delimiter),
    TURBO_TELEMETRY_DISABLED: '1',
    TURBO_NO_UPDATE_NOTIFIER: '1',
    TURBO_ENV_MODE: 'loose',
  };
}

function findPnpm(tools: string): string[] {
  const manifest: unknown = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8'));
  const manager = typeof manifest === 'object' && manifest !== null && 'packageManager' in manifest;
  const version = manager ? String(manifest.packageManager).replace('@', '-') : 'pnpm';
  return [join(tools, version, 'node_modules', '.bin')];
}

/** The program of an installed development tool. */
export function toolPath(name: string): string {
  return join(repositoryRoot, 'node_modules', '.bin', name);
}

/**
 * Builds the product when its sources changed; two commands at once build one after the other.
 * @param logFolder where the words of the build go
 * @param onLaunch told of the building process, so that it can be stopped
 * @returns whether there was something to build
 * @throws ProcessFailure with the end of its log
 */
export async function ensureBuilt(
  logFolder: string,
  onLaunch?: (running: RunningProcess) => void,
): Promise<boolean> {
  if (!needsBuild()) return false;
  const lock = join(checkoutFolder, 'build.lock');
  mkdirSync(checkoutFolder, { recursive: true });
  while (!takeLock(lock)) await new Promise((wake) => setTimeout(wake, 200));
  try {
    const hash = sourcesOfBuild();
    if (!needsBuild(hash)) return false;
    const args = ['run', 'build', '--output-logs=new-only'];
    await runProcess(
      { name: 'build', command: toolPath('turbo'), args, env: turboEnvironment() },
      logFolder,
      onLaunch,
    );
    writeFileSync(stamp, hash);
    return true;
  } finally {
    rmSync(lock, { force: true });
  }
}

/** Takes a lock for this process unless a living one has it. */
export function takeLock(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'EEXIST') throw error;
    const owner = lockOwner(file);
    if (owner === undefined) rmSync(file, { force: true });
    return false;
  }
}

/** The living process that holds a lock. */
export function lockOwner(file: string): number | undefined {
  if (!existsSync(file)) return undefined;
  const pid = Number(readFileSync(file, 'utf8'));
  return pid > 0 && isAlive(pid) ? pid : undefined;
}
