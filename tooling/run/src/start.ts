/** `npm start`: the whole service on this machine, for a look around. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ensureBuilt, lockOwner, takeLock } from './build.ts';
import { dataFolder, repositoryRoot } from './paths.ts';
import { logTail, type RunningProcess } from './processes.ts';
import { startService, type PartName, type Service, type ServicePorts } from './service.ts';
import { stopWhenAsked } from './signals.ts';
import { columns, plainFailure, stepDone } from './words.ts';

const names: Record<PartName, string> = {
  portal: 'portal',
  admin: 'admin',
  api: 'API',
  worker: 'worker',
  simulators: 'simulators',
  smpp: 'SMS centre',
  ncalayer: 'NCALayer',
  postgres: 'PostgreSQL',
};

const variables: Record<PartName, string> = {
  portal: 'PORTAL_PORT',
  admin: 'ADMIN_PORT',
  api: 'API_PORT',
  worker: 'WORKER_PORT',
  simulators: 'SIM_PORT',
  smpp: 'SMPP_PORT',
  ncalayer: 'NCALAYER_PORT',
  postgres: 'POSTGRES_PORT',
};

const defaultPorts: ServicePorts = {
  portal: 3000,
  admin: 3001,
  api: 4000,
  worker: 4001,
  simulators: 4100,
  smpp: 2775,
  ncalayer: 13579,
  postgres: 54329,
};

const parts = Object.keys(defaultPorts) as PartName[];

/** The ports wanted by the environment, or our own. */
function wantedPorts(): ServicePorts {
  const ports = { ...defaultPorts };
  for (const part of parts) {
    const given = process.env[variables[part]];
    if (given === undefined || given === '') continue;
    const port = Number(given);
    if (!Number.isInteger(port) || port < 1 || port > 65_535) {
      throw new Error(`${variables[part]} is "${given}", which is no port number (1 to 65535).`);
    }
    ports[part] = port;
  }
  return ports;
}

interface DemoPerson {
  role: string;
  name: string;
  iin: string;
  phone?: string | null;
  note?: { en: string };
}

function readDemoPeople(dataDir: string): DemoPerson[] {
  const file = join(dataDir, 'demo-people.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as DemoPerson[]) : [];
}

function announce(service: Service, wanted: ServicePorts): void {
  const own = process.env['DATABASE_URL'] !== undefined;
  for (const part of parts) {
    if (service.ports[part] === wanted[part] || (part === 'postgres' && own)) continue;
    console.log(
      `! Port ${wanted[part]} was busy, so ${names[part]} uses ${service.ports[part]} (${variables[part]} sets it)`,
    );
  }
  const people = readDemoPeople(service.dataDir);
  if (people.length > 0) {
    console.log('\nSign in as:\n');
    const rows = people.map((person) => [
      person.role,
      person.name,
      person.iin,
      person.phone ?? '',
      person.note?.en ?? '',
    ]);
    console.log(columns([['role', 'name', 'ИИН', 'phone', ''], ...rows], '  '));
  }
  console.log(
    '\n' +
      columns(
        [
          ['Portal for citizens', service.portal],
          ['Admin for staff', service.admin],
          ['SMS that were sent', `${service.simulators}/sms`],
          ['Who signs (NCALayer)', `${service.simulators}/ncalayer`],
          ['API for other systems', `${service.api[0]}/integration/v1/openapi.json`],
          ['Logs', relative(repositoryRoot, service.logFolder) || service.logFolder],
        ],
        '  ',
      ),
  );
  console.log('\nPress Ctrl-C to stop.');
}

const dataDir = dataFolder();
const lock = join(dataDir, 'service.lock');
const abort = new AbortController();
let service: Service | undefined;
const beginning = performance.now();

/** Has a process end when the whole is asked to end. */
function stopWithUs(process: RunningProcess): void {
  abort.signal.addEventListener('abort', () => void process.stop());
}

async function main(): Promise<void> {
  mkdirSync(dataDir, { recursive: true });
  if (!takeLock(lock) && !takeLock(lock)) {
    throw new Error(
      `Saraptama is running from this folder already, as process ${lockOwner(lock)}. ` +
        'Stop it with Ctrl-C where it runs, or give this one a folder of its own: DATA_DIR=.data/second npm start',
    );
  }
  process.on('exit', () => rmSync(lock, { force: true }));

  const wanted = wantedPorts();
  const since = performance.now();
  console.log('… Building what changed');
  const built = await ensureBuilt(join(dataDir, 'logs'), stopWithUs);
  stepDone(built ? 'Built' : 'Nothing to build', performance.now() - since);
  abort.signal.throwIfAborted();

  const databaseUrl = process.env['DATABASE_URL'];
  const migrationDatabaseUrl = process.env['MIGRATION_DATABASE_URL'];
  const host = process.env['HOST'];
  service = await startService({
    dataDir,
    ports: wanted,
    useBuild: true,
    abort: abort.signal,
    onStep: stepDone,
    onLoss: (lost, end) => {
      console.error(
        `\n✗ ${lost.name} ended by itself (${end.signal ?? `code ${end.code}`}). Its last words:`,
      );
      console.error(logTail(lost.logFile, 15));
      void stopEverything().then(() => process.exit(1));
    },
    ...(databaseUrl ? { databaseUrl } : {}),
    ...(migrationDatabaseUrl ? { migrationDatabaseUrl } : {}),
    ...(host ? { host } : {}),
  });
  stepDone('Everything ready', performance.now() - beginning);
  announce(service, wanted);
}

async function stopEverything(): Promise<void> {
  abort.abort();
  await service?.stop();
}

const started = main();
stopWhenAsked(
  async () => {
    abort.abort();
    await started.catch(() => undefined);
    await stopEverything();
    console.log('✓ Everything is stopped');
  },
  (what) => console.log(`\n… Stopping (${what})`),
);
started.catch((error: unknown) => {
  if (abort.signal.aborted) return;
  console.error(`\n✗ ${plainFailure(error)}`);
  process.exit(1);
});
