/** `npm run screens`: starts a service of its own and takes the pictures of `docs/screens` by `tooling/journeys/src/screens.ts`. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from './build.ts';
import { repositoryRoot } from './paths.ts';
import { logTail, runProcess } from './processes.ts';
import { startService, type Service } from './service.ts';
import { stopWhenAsked } from './signals.ts';
import { testFolder } from './test-folder.ts';
import { plainFailure, stepDone } from './words.ts';

const script = join(repositoryRoot, 'tooling/journeys/src/screens.ts');
const abort = new AbortController();
let service: Service | undefined;
const stop = async () => {
  abort.abort();
  await service?.stop();
};
stopWhenAsked(stop, undefined, 130);

try {
  if (!existsSync(script)) throw new Error(`There is no ${script}.`);
  const folder = testFolder();
  await ensureBuilt(join(folder, 'logs'), (build) =>
    abort.signal.addEventListener('abort', () => void build.stop()),
  );
  service = await startService({
    dataDir: join(folder, 'service'),
    ephemeral: true,
    fast: true,
    abort: abort.signal,
    onStep: stepDone,
  });
  const addresses = {
    portal: service.portal,
    admin: service.admin,
    api: service.api,
    simulators: service.simulators,
  };
  const env = { SERVICE: JSON.stringify(addresses), DATA_DIR: service.dataDir };
  await runProcess({ name: 'screens', args: [script, ...process.argv.slice(2)], env }, join(folder, 'logs'));
  console.log(logTail(join(folder, 'logs', 'screens.log'), 200));
} catch (error) {
  console.error(`✗ ${plainFailure(error)}`);
  process.exitCode = 1;
} finally {
  await stop();
}
process.exit();
