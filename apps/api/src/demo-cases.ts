import { DemoPeopleOutput } from '@mse/contracts/identity';
import { readFile } from 'node:fs/promises';
import { compose } from './compose.ts';
import { countDemoCases, makeDemoCases } from './capabilities/demo/make-cases.ts';
import { readSettings } from './env.ts';

/** Entry that makes the remote cases of the demonstration, after its data are loaded. Ends when done. */
const settings = readSettings();
if (settings.SERVICE_MODE !== 'demo') throw new Error('Cases are made up for the demonstration only');
const { deps, close } = await compose(settings, 'worker');
try {
  const file = settings.DEMO_PEOPLE_FILE;
  const cast = file ? DemoPeopleOutput.parse(JSON.parse(await readFile(file, 'utf8'))) : [];
  const made = await makeDemoCases(deps, new Map(cast.map(({ key, iin }) => [key, iin])));
  process.stdout.write(`${made} remote cases made: ${JSON.stringify(await countDemoCases(deps))}\n`);
} finally {
  await close();
}
