/** `npm run prove`: the long proofs, `*.prove.ts`, against a service of their own. Shows what they say. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { guardProcess } from './guard.ts';
import { repositoryRoot } from './paths.ts';
import { stopWhenAsked } from './signals.ts';

const vitest = join(repositoryRoot, 'node_modules/vitest/vitest.mjs');
const args = [vitest, 'run', '--project', 'prove', '--no-file-parallelism', ...process.argv.slice(2)];
const child = spawn(process.execPath, args, { cwd: repositoryRoot, stdio: ['ignore', 'inherit', 'inherit'] });
if (child.pid !== undefined) guardProcess(child.pid);
const ended = new Promise<number>((settle) => child.once('exit', (code) => settle(code ?? 1)));
stopWhenAsked(
  async () => {
    child.kill('SIGTERM');
    await ended;
  },
  undefined,
  130,
);
process.exit(await ended);
