/**
 * `npm test`: everything. `npm test -- <path>` runs only the test files whose path holds that text.
 * Works beside a running `npm start`: own database, own ports, own folder, which is removed at the end.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ensureBuilt, toolPath, turboEnvironment } from './build.ts';
import { repositoryRoot } from './paths.ts';
import { startPostgres, type PostgresServer } from './postgres.ts';
import { ProcessFailure, runProcess, type ProcessPlan, type RunningProcess } from './processes.ts';
import { stopWhenAsked } from './signals.ts';
import { listSources } from './sources.ts';
import { testFolder } from './test-folder.ts';
import { add, countsInWords, countVitest, none, type Counts } from './test-results.ts';
import { duration, plainFailure } from './words.ts';

/** Lines of a failed stage that are shown at most; the whole is in its log. */
const shownLines = 400;

const folder = testFolder();
/** Kept after the run, so that a failure can be looked into. */
const logs = join(repositoryRoot, '.data', 'logs', 'test');
const running = new Set<RunningProcess>();
let counts: Counts = none;
let database: PostgresServer | undefined;
const beginning = performance.now();

async function stop(): Promise<void> {
  await Promise.all([...running].map((one) => one.stop()));
  await database?.stop();
}

/** Keeps a process among those that end when the whole is stopped. */
function note(one: RunningProcess): void {
  running.add(one);
  void one.ended.then(() => running.delete(one));
}

/** Runs a process to its end and tells whether it succeeded; it can be stopped from outside meanwhile. */
async function succeeds(plan: ProcessPlan): Promise<boolean> {
  try {
    await runProcess({ ...plan, env: { NO_COLOR: '1', FORCE_COLOR: undefined, ...plan.env } }, logs, note);
    return true;
  } catch (error) {
    if (error instanceof ProcessFailure) return false;
    throw error;
  }
}

function showLog(name: string): void {
  const file = join(logs, `${name}.log`);
  if (!existsSync(file)) return;
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  console.log(`    ${relative(repositoryRoot, file)}:`);
  if (lines.length > shownLines) console.log(`    … ${lines.length - shownLines} lines before these`);
  console.log(
    lines
      .slice(-shownLines)
      .map((line) => `    ${line}`)
      .join('\n'),
  );
}

function report(stage: string, result: Counts, since: number): void {
  counts = add(counts, result);
  console.log(
    `${result.failed === 0 ? '✓' : '✗'} ${stage}  ${countsInWords(result)}  ${duration(performance.now() - since)}`,
  );
}

/** A check that passes or fails as a whole. */
interface Check {
  title: string;
  plan: ProcessPlan;
}

const checks: Check[] = [
  {
    title: 'Types, and Svelte components',
    plan: {
      name: 'check-types',
      command: toolPath('turbo'),
      args: ['run', 'check', '--output-logs=errors-only', '--concurrency=2'],
      env: turboEnvironment(),
    },
  },
  { title: 'Format', plan: { name: 'check-format', command: toolPath('prettier'), args: ['--check', '.'] } },
  { title: 'Lint', plan: { name: 'check-lint', command: toolPath('eslint'), args: ['.'] } },
  {
    title: 'Boundaries',
    plan: {
      name: 'check-boundaries',
      command: toolPath('depcruise'),
      args: ['--config', 'tooling/boundaries/cruiser.cjs', 'apps', 'packages', 'tooling'],
    },
  },
  { title: 'Dead code', plan: { name: 'check-dead-code', command: toolPath('knip'), args: [] } },
  {
    title: 'Rules and their tests',
    plan: { name: 'check-rules', args: [join(repositoryRoot, 'tooling/run/src/rules.ts')] },
  },
];

async function runCheck({ title, plan }: Check): Promise<void> {
  const since = performance.now();
  const passed = await succeeds(plan);
  report(title, { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 }, since);
  if (!passed) showLog(plan.name);
}

async function runChecks(): Promise<void> {
  // The first one keeps both cores busy by itself; the others are one thread each.
  const [types, ...others] = checks;
  if (types) await runCheck(types);
  const waiting = [...others];
  const lane = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) await runCheck(check);
  };
  await Promise.all([lane(), lane()]);
}

async function build(): Promise<boolean> {
  const since = performance.now();
  try {
    await ensureBuilt(logs, note);
    report('Build', { passed: 1, failed: 0, skipped: 0 }, since);
    return true;
  } catch (error) {
    report('Build', { passed: 0, failed: 1, skipped: 0 }, since);
    console.log(plainFailure(error));
    return false;
  }
}

/** One PostgreSQL for all tests, with a database migrated once, of which every test file takes copies. */
async function startTestDatabase(): Promise<Record<string, string>> {
  const since = performance.now();
  database = await startPostgres({
    dataDir: join(folder, 'postgres'),
    ephemeral: true,
    fast: true,
    logFile: join(logs, 'postgres.log'),
    settings: { max_connections: '400' },
  });
  const template = 'saraptama_template';
  const url = await database.createDatabase(template);
  const environment = { DATABASE_URL: url, MIGRATION_DATABASE_URL: url, SERVICE_MODE: 'demo' };
  const script = join(repositoryRoot, 'apps/api/src/migrate.ts');
  const migrated = await succeeds({ name: 'migrate', args: [script], env: environment });
  report(
    'Database from nothing to the newest tables',
    migrated ? { ...none, passed: 1 } : { ...none, failed: 1 },
    since,
  );
  if (!migrated) showLog('migrate');
  return { TEST_DATABASE_ADMIN_URL: database.url, ...(migrated ? { TEST_TEMPLATE_DATABASE: template } : {}) };
}

async function runVitest(
  title: string,
  project: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<void> {
  const since = performance.now();
  const result = join(folder, `${project}.json`);
  const passed = await succeeds({
    name: `vitest-${project}`,
    args: [
      join(repositoryRoot, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--project',
      project,
      '--passWithNoTests',
      '--reporter=dot',
      '--reporter=json',
      `--outputFile.json=${result}`,
      ...args,
    ],
    env,
    graceSeconds: 20,
  });
  report(title, countVitest(result, passed), since);
  if (!passed) showLog(`vitest-${project}`);
}

async function main(): Promise<void> {
  const filters = process.argv.slice(2);
  const files = ['apps', 'packages', 'tooling']
    .flatMap((part) => listSources(part))
    .filter((file) => file.endsWith('.test.ts'));
  const wanted = files.filter(
    (file) => filters.length === 0 || filters.some((filter) => file.includes(filter)),
  );
  const isJourney = (file: string) => file.startsWith('tooling/journeys/');
  const hasUnits = wanted.some((file) => !isJourney(file));
  const hasJourneys = wanted.some(isJourney);
  if (wanted.length === 0 && filters.length > 0) {
    console.error(`✗ No test file has ${filters.map((filter) => `"${filter}"`).join(' or ')} in its path.`);
    counts = add(counts, { ...none, failed: 1 });
    return;
  }

  if (filters.length === 0) await runChecks();
  if (hasUnits) await runVitest('Rules, use cases and tools', 'unit', filters, await startTestDatabase());
  await database?.stop();
  if ((filters.length === 0 || hasJourneys) && (await build()) && hasJourneys) {
    await runVitest('Journeys in the browser', 'journeys', ['--no-file-parallelism', ...filters]);
  }
}

stopWhenAsked(stop, (what) => console.log(`\n… Stopping (${what})`), 130);
try {
  await main();
} catch (error) {
  console.error(`✗ ${plainFailure(error)}`);
  counts = add(counts, { ...none, failed: 1 });
} finally {
  await stop();
}
console.log(`\nTook ${duration(performance.now() - beginning)}`);
console.log(countsInWords(counts));
process.exit(counts.failed === 0 ? 0 : 1);
