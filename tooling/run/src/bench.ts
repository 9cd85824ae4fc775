/**
 * `npm run bench`: speed as ratios, each against a reference measured in the same run, one line each:
 * `name ratio target`. `npm run bench -- <text>` runs only the benches whose file holds that text.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import postgres from 'postgres';
import { ensureBuilt } from './build.ts';
import type { Bench, BenchLine } from './measure.ts';
import { startService, type Service } from './service.ts';
import { stopWhenAsked } from './signals.ts';
import { testFolder } from './test-folder.ts';
import { plainFailure } from './words.ts';

function isMet(line: BenchLine): boolean {
  return line.wanted === 'at least' ? line.ratio >= line.target : line.ratio <= line.target;
}

function inWords(line: BenchLine): string {
  const figure = (value: number) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));
  const sign = line.wanted === 'at least' ? '≥' : '≤';
  const note = line.note === undefined ? '' : `  ${line.note}`;
  const range = `(${figure(line.minimum)}–${figure(line.maximum)})`;
  return `${isMet(line) ? '✓' : '✗'} ${line.name}  ${figure(line.ratio)} ${range}  ${sign} ${figure(line.target)}${note}`;
}

/** Seconds that the worker may need for the demonstration's own papers. */
const PATIENCE = 240;

/** Waits until the worker has nothing to do: nothing is measured beside the papers of the demonstration's own cases. */
async function waitForRest(databaseUrl: string, signal: AbortSignal): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  try {
    for (let second = 0; second < PATIENCE && !signal.aborted; second += 1) {
      const [row] = await sql<{ due: number }[]>`
        select count(*)::int as due from jobs.job where state < 'completed' and start_after <= now()`;
      if (row?.due === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
    if (!signal.aborted)
      console.log('! The worker is still busy with the demonstration; it is measured beside that.');
  } finally {
    await sql.end({ timeout: 5 });
  }
}

const folder = join(import.meta.dirname, 'bench');
const filters = process.argv.slice(2);
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.bench.ts'))
  .filter((name) => filters.length === 0 || filters.some((filter) => name.includes(filter)));

const abort = new AbortController();
let service: Service | undefined;
const stop = async () => {
  abort.abort();
  await service?.stop();
};
stopWhenAsked(stop, undefined, 130);

try {
  const dataDir = testFolder();
  await ensureBuilt(join(dataDir, 'logs'), (build) =>
    abort.signal.addEventListener('abort', () => void build.stop()),
  );
  // Measured as it would be run: built, and with every commit forced to the disk.
  service = await startService({
    dataDir: join(dataDir, 'service'),
    useBuild: true,
    ephemeral: true,
    abort: abort.signal,
    env: { LOG_LEVEL: 'warn' },
  });
  await waitForRest(service.databaseUrl, abort.signal);
  for (const file of files) {
    const module = (await import(pathToFileURL(join(folder, file)).href)) as { default: Bench };
    try {
      for (const line of await module.default.run({ service })) {
        console.log(inWords(line));
        if (!isMet(line)) process.exitCode = 1;
      }
    } catch (error) {
      // One that cannot be measured does not hide the others.
      console.error(`✗ ${module.default.name}: ${plainFailure(error)}`);
      process.exitCode = 1;
    }
  }
} catch (error) {
  console.error(`✗ ${plainFailure(error)}`);
  process.exitCode = 1;
} finally {
  await stop();
}
process.exit();
