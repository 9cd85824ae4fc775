import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { guardFolder, unguardFolder } from './guard.ts';
import { repositoryRoot } from './paths.ts';
import { freePort, nextFreePort } from './ports.ts';
import { startPostgres, type PostgresServer } from './postgres.ts';
import { runProcess, startProcess, type ProcessPlan, type RunningProcess } from './processes.ts';
import { hashSources } from './sources.ts';

/** Ports of the whole service. With several API or worker processes each further one takes a free port. */
export interface ServicePorts {
  portal: number;
  admin: number;
  api: number;
  worker: number;
  simulators: number;
  smpp: number;
  ncalayer: number;
  postgres: number;
}

export type PartName = keyof ServicePorts;

export interface ServiceOptions {
  /** Folder for the database, logs, files and the demo's lists. */
  dataDir: string;
  /** Wanted ports; a busy one gives way to the next free one. Any free ports when absent. */
  ports?: ServicePorts;
  /** `demo` when absent. */
  mode?: 'demo' | 'production';
  /** API processes; 1 when absent. */
  apis?: number;
  /** Worker processes; 1 when absent. */
  workers?: number;
  /** Whether portal and admin are started; true when absent. They must have been built. */
  web?: boolean;
  /** Whether the demo data are loaded; true when absent. */
  demoData?: boolean;
  /** Start API, worker and migration from their build instead of their sources. */
  useBuild?: boolean;
  /** Another PostgreSQL instead of the embedded one. */
  databaseUrl?: string;
  /** Another login for migrations, with `databaseUrl`. */
  migrationDatabaseUrl?: string;
  /** Tests: the database forces nothing to the disk. */
  fast?: boolean;
  /** Tests: the whole folder is removed at the end. */
  ephemeral?: boolean;
  /** Host that portal and admin listen on; 127.0.0.1 when absent. */
  host?: string;
  /** Further settings for all processes of the product. */
  env?: Record<string, string>;
  /** Ends the start, and the service, when it is aborted. */
  abort?: AbortSignal;
  /** Told of every step when it is done, with its time in milliseconds. */
  onStep?: (step: string, milliseconds: number) => void;
  /** Told of a process that ended though nobody stopped it. */
  onLoss?: (lost: RunningProcess, end: { code: number | null; signal: NodeJS.Signals | null }) => void;
}

/** The running service: addresses, processes that can be killed and restarted, and its end. */
export interface Service {
  readonly portal: string;
  readonly admin: string;
  /** Addresses of the API processes. */
  readonly api: string[];
  /** Addresses of the workers' health and metrics. */
  readonly workers: string[];
  readonly simulators: string;
  readonly smpp: string;
  readonly ncalayer: string;
  readonly databaseUrl: string;
  readonly ports: ServicePorts;
  readonly dataDir: string;
  readonly logFolder: string;
  /** Environment with which further processes of the product can be started. */
  readonly environment: Readonly<Record<string, string>>;
  /** The embedded server; undefined with a foreign `databaseUrl`. */
  readonly postgres: PostgresServer | undefined;
  /** Processes by name: `api`, `api-2`, `worker`, `worker-2`, `portal`, `admin`, `simulators`. */
  process(name: string): RunningProcess;
  readonly processes: readonly RunningProcess[];
  /** Starts one more process of the product; it ends with the service. */
  start(plan: ProcessPlan): Promise<RunningProcess>;
  stop(): Promise<void>;
}

export const databaseName = 'saraptama';

/** Sources that decide what the database holds after a start. */
const contentSources = ['packages', 'apps/api', 'tooling/demo-data'];

async function choosePorts(wanted: ServicePorts | undefined): Promise<ServicePorts> {
  const taken = new Set<number>();
  const reserved = new Set(Object.values(wanted ?? {}));
  const choose = async (part: PartName) => {
    const own = wanted?.[part];
    const avoid = new Set([...taken, ...[...reserved].filter((port) => port !== own)]);
    const port = own === undefined ? await freePort(taken) : await nextFreePort(own, avoid);
    taken.add(port);
    return port;
  };
  return {
    portal: await choose('portal'),
    admin: await choose('admin'),
    api: await choose('api'),
    worker: await choose('worker'),
    simulators: await choose('simulators'),
    smpp: await choose('smpp'),
    ncalayer: await choose('ncalayer'),
    postgres: await choose('postgres'),
  };
}

/**
 * Starts the whole service: PostgreSQL, migration, demo data, simulators, API, workers, portal and admin. What
 * does not depend on each other starts at once. When a part fails, all the others are ended again.
 * @throws ProcessFailure, or an Error whose message says what to do
 */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { dataDir } = options;
  const logFolder = join(dataDir, 'logs');
  mkdirSync(logFolder, { recursive: true });
  if (options.ephemeral) guardFolder(dataDir);

  const ports = await choosePorts(options.ports);
  const running = new Map<string, RunningProcess>();
  let server: PostgresServer | undefined;
  let stopping: Promise<void> | undefined;

  const stopNamed = (pattern: RegExp) =>
    Promise.all([...running.values()].filter((one) => pattern.test(one.name)).map((one) => one.stop()));
  /** Notes a process as soon as it exists, so that an early end of the whole reaches it too. */
  const note = (process: RunningProcess) => {
    running.set(process.name, process);
    if (stopping !== undefined) void process.stop();
  };
  const stopAll = async () => {
    // From the people inwards: nobody is let in while what stands behind is already gone.
    await stopNamed(/^(portal|admin)/);
    await stopNamed(/^(?!portal|admin|simulators)/);
    await stopNamed(/^simulators$/);
    await server?.stop();
    if (!options.ephemeral) return;
    rmSync(dataDir, { recursive: true, force: true });
    unguardFolder(dataDir);
  };
  const stop = () => (stopping ??= stopAll());
  options.abort?.addEventListener('abort', () => void stop());

  const timed = async <T>(step: string, work: () => Promise<T>): Promise<T> => {
    const since = performance.now();
    const result = await work();
    options.onStep?.(step, performance.now() - since);
    return result;
  };
  const start = async (plan: ProcessPlan): Promise<RunningProcess> => {
    const process = await startProcess(plan, logFolder, note);
    void process.ended.then((end) => {
      if (stopping === undefined) options.onLoss?.(process, end);
    });
    return process;
  };

  const file = (name: string) => join(dataDir, name);
  const demo = (options.mode ?? 'demo') === 'demo';
  const host = options.host ?? '127.0.0.1';
  const local = (port: number) => `http://127.0.0.1:${port}`;
  const shown = (port: number) => `http://localhost:${port}`;

  const lists = {
    DEMO_PEOPLE_FILE: file('demo-people.json'),
    SIM_REGISTRY_FILE: file('registries.json'),
    SIM_SIGNERS_FILE: file('signers.json'),
    SIM_CANDIDATES_FILE: file('candidates.json'),
  };

  const startDatabase = async (): Promise<{ url: string; migrationUrl: string }> => {
    if (options.databaseUrl !== undefined) {
      return { url: options.databaseUrl, migrationUrl: options.migrationDatabaseUrl ?? options.databaseUrl };
    }
    const since = performance.now();
    server = await startPostgres({
      dataDir: join(dataDir, 'postgres'),
      port: ports.postgres,
      fast: options.fast ?? false,
      ephemeral: options.ephemeral ?? false,
      logFile: join(logFolder, 'postgres.log'),
    });
    ports.postgres = server.port;
    if (stopping !== undefined) await server.stop();
    options.abort?.throwIfAborted();
    const url = await server.createDatabase(databaseName);
    options.onStep?.('PostgreSQL 18 ready', performance.now() - since);
    return { url, migrationUrl: url };
  };

  const productScript = (name: string) =>
    join(repositoryRoot, 'apps/api', options.useBuild ? `dist/${name}.js` : `src/${name}.ts`);

  const startSimulators = async () => {
    const existing = Object.fromEntries(Object.entries(lists).filter(([, path]) => existsSync(path)));
    await timed('Simulators ready: registries, SMS centre, NCALayer', () =>
      start({
        name: 'simulators',
        args: [join(repositoryRoot, 'tooling/simulators/src/main.ts')],
        env: {
          ...existing,
          SIM_HOST: host,
          SIM_PORT: String(ports.simulators),
          SMPP_PORT: String(ports.smpp),
          NCALAYER_PORT: String(ports.ncalayer),
          SIM_DATA_DIR: file('simulators'),
          REGISTRIES_TOKEN: registriesToken,
          RECEIVERS_TOKEN: receiversToken,
          // The demonstration's database knows these two by their hashes.
          EXECUTIONS_URL: `${local(ports.api)}/integration/v1/programme-executions`,
          EXECUTIONS_TOKEN_E_SOBES: 'demo-e-sobes-token',
          EXECUTIONS_TOKEN_LABOUR_MARKET: 'demo-labour-market-token',
        },
        // Answers only when all simulators are up; /health does as soon as the first one is.
        readyUrl: `${local(ports.simulators)}/pki/trust-anchors.pem`,
      }),
    );
    const anchors = await fetch(`${local(ports.simulators)}/pki/trust-anchors.pem`);
    if (!anchors.ok) throw new Error(`The simulators gave no trust anchors: ${anchors.status}`);
    writeFileSync(`${trustAnchors}.new`, await anchors.text());
    renameSync(`${trustAnchors}.new`, trustAnchors);
    if (existsSync(sealingKey)) return;
    const key = await fetch(`${local(ports.simulators)}/pki/service-key.pem`);
    if (!key.ok) throw new Error(`The simulators gave no key for documents: ${key.status}`);
    writeFileSync(`${sealingKey}.new`, await key.text(), { mode: 0o600 });
    renameSync(`${sealingKey}.new`, sealingKey);
  };

  const startWeb = (name: 'portal' | 'admin', environment: Record<string, string>) =>
    timed(name === 'portal' ? 'Portal ready' : 'Admin ready', () =>
      start({
        name,
        args: [join(repositoryRoot, 'apps', name, 'server.ts')],
        env: { ...environment, PORT: String(ports[name]), HOST: host, NODE_ENV: 'production' },
        readyUrl: `${local(ports[name])}/health`,
      }),
    );

  const registriesToken = 'registries-demo-token';
  const receiversToken = 'receivers-demo-token';
  const trustAnchors = file('trust-anchors.pem');
  const sealingKey = file('sealing-key.pem');
  const prepared = file('prepared');
  const portal = shown(ports.portal);
  const smpp = `smpp://saraptama:secret@127.0.0.1:${ports.smpp}`;
  const ncalayer = `ws://127.0.0.1:${ports.ncalayer}`;

  try {
    const withWeb = options.web ?? true;
    const webEnvironment = {
      API_URL: local(ports.api),
      SERVICE_MODE: options.mode ?? 'demo',
      NCALAYER_URL: ncalayer,
      PORTAL_URL: portal,
      SPOOL_DIR: file('spool'),
      ...(demo ? { SIMULATORS_URL: shown(ports.simulators) } : {}),
      ...options.env,
    };
    const web = withWeb ? [startWeb('portal', webEnvironment), startWeb('admin', webEnvironment)] : [];
    // Whoever waits first hears of a failure; the others must not be reported as forgotten.
    for (const part of web) part.catch(() => undefined);

    const content = hashSources(contentSources);
    const hasContent =
      options.databaseUrl === undefined &&
      existsSync(join(dataDir, 'simulators', 'pki')) &&
      existsSync(prepared) &&
      readFileSync(prepared, 'utf8') === content;
    const early = hasContent ? startSimulators() : undefined;
    early?.catch(() => undefined);

    const database = await startDatabase();
    const environment: Record<string, string> = {
      DATABASE_URL: database.url,
      MIGRATION_DATABASE_URL: database.migrationUrl,
      SERVICE_MODE: options.mode ?? 'demo',
      API_HOST: '127.0.0.1',
      PORTAL_URL: portal,
      SMPP_URL: smpp,
      REGISTRIES_URL: `${local(ports.simulators)}/registries`,
      REGISTRIES_TOKEN: registriesToken,
      RECEIVERS_URL: `${local(ports.simulators)}/receivers`,
      RECEIVERS_TOKEN: receiversToken,
      CANDIDATE_REGISTRIES_URL: `${local(ports.simulators)}/candidates`,
      DIGITAL_DOCUMENTS_URL: `${local(ports.simulators)}/digital-documents`,
      DIGITAL_DOCUMENTS_TOKEN: registriesToken,
      SKILLS_URL: `${local(ports.simulators)}/skills`,
      SKILLS_PAGE_URL: `${shown(ports.simulators)}/skills`,
      SKILLS_CALLBACK_URL: `${local(ports.api)}/integration/v1/skills/results`,
      MOBILE_SIGNING_URL: `${local(ports.simulators)}/egov-mobile`,
      TRUST_ANCHORS_FILE: trustAnchors,
      SEALING_KEY_FILE: sealingKey,
      OUT_DIR: dataDir,
      ...lists,
      ...options.env,
    };

    if (!hasContent) {
      rmSync(prepared, { force: true });
      await timed('Tables up to date', () =>
        runProcess({ name: 'migrate', args: [productScript('migrate')], env: environment }, logFolder, note),
      );
      if (options.demoData ?? true) {
        const args = [join(repositoryRoot, 'tooling/demo-data/src/main.ts')];
        await timed('Demo data loaded', () =>
          runProcess({ name: 'demo-data', args, env: environment }, logFolder),
        );
        if (demo) {
          // Nothing is verified or sealed while cases are made up; the certificates and the key may not be there yet.
          const { SEALING_KEY_FILE: _, ...unsealed } = environment;
          const env = { ...unsealed, SIGNATURE_VERIFIER: 'ncanode' };
          await timed('Remote cases made', () =>
            runProcess({ name: 'demo-cases', args: [productScript('demo-cases')], env }, logFolder),
          );
        }
      }
      await startSimulators();
      writeFileSync(prepared, content);
    }
    // The authority of the time before is the same, so nobody has to wait for its certificates.
    if (!existsSync(trustAnchors) || !existsSync(sealingKey)) await early;

    const apiPorts = [ports.api];
    const workerPorts = [ports.worker];
    const taken = new Set(Object.values(ports));
    const more = async (list: number[], count: number) => {
      while (list.length < count) {
        const port = await freePort(taken);
        taken.add(port);
        list.push(port);
      }
    };
    await more(apiPorts, options.apis ?? 1);
    await more(workerPorts, options.workers ?? 1);

    const named = (name: string, index: number) => (index === 0 ? name : `${name}-${index + 1}`);
    await Promise.all([
      ...web,
      early,
      timed('API ready', () =>
        Promise.all(
          apiPorts.map((port, index) =>
            start({
              name: named('api', index),
              args: [productScript('main')],
              env: { ...environment, API_PORT: String(port) },
              readyUrl: `${local(port)}/ready`,
            }),
          ),
        ),
      ),
      timed('Worker ready', () =>
        Promise.all(
          workerPorts.map((port, index) =>
            start({
              name: named('worker', index),
              args: [productScript('worker')],
              env: { ...environment, WORKER_PORT: String(port) },
              readyUrl: `${local(port)}/ready`,
            }),
          ),
        ),
      ),
    ]);

    return {
      portal,
      admin: shown(ports.admin),
      api: apiPorts.map(local),
      workers: workerPorts.map(local),
      simulators: shown(ports.simulators),
      smpp,
      ncalayer,
      databaseUrl: database.url,
      ports,
      dataDir,
      logFolder,
      environment,
      postgres: server,
      process(name) {
        const found = running.get(name);
        if (!found) throw new Error(`No process ${name}; there are ${[...running.keys()].join(', ')}.`);
        return found;
      },
      get processes() {
        return [...running.values()].filter(
          (one) => !['migrate', 'demo-data', 'demo-cases'].includes(one.name),
        );
      },
      start,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
