import { join } from 'node:path';
import { median, type Bench } from '../measure.ts';
import { startPostgres } from '../postgres.ts';
import { startService } from '../service.ts';
import { testFolder } from '../test-folder.ts';

const rounds = 5;

/** Milliseconds that a start takes; what was started is stopped again. */
async function timeStart(start: () => Promise<{ stop(): Promise<void> }>): Promise<number> {
  const since = performance.now();
  const started = await start();
  const taken = performance.now() - since;
  await started.stop();
  return taken;
}

/** P13: `npm start` for the second time, until everything is ready, against PostgreSQL alone. */
const bench: Bench = {
  name: 'start-up',
  async run() {
    const folder = join(testFolder(), 'start-up');
    const whole = () => startService({ dataDir: join(folder, 'service'), useBuild: true });
    const databaseAlone = () => startPostgres({ dataDir: join(folder, 'postgres') });
    await timeStart(whole);
    await timeStart(databaseAlone);

    const wholes: number[] = [];
    const alones: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      alones.push(await timeStart(databaseAlone));
      wholes.push(await timeStart(whole));
    }
    const ratios = wholes.map((taken, round) => taken / (alones[round] ?? Number.NaN));
    return [
      {
        name: 'P13 second start of everything against PostgreSQL alone',
        ratio: median(ratios),
        minimum: Math.min(...ratios),
        maximum: Math.max(...ratios),
        target: 8,
        wanted: 'at most',
        note: `${Math.round(median(wholes))} ms against ${Math.round(median(alones))} ms`,
      },
    ];
  },
};

export default bench;
