import { compose } from './compose.ts';
import { countDemoCases, makeDemoCases } from './capabilities/demo/make-cases.ts';
import { readSettings } from './env.ts';

/** Entry that makes the remote cases of the demonstration, after its data are loaded. Ends when done. */
const settings = readSettings();
if (settings.SERVICE_MODE !== 'demo') throw new Error('Cases are made up for the demonstration only');
const { deps, close } = await compose(settings, 'worker');
try {
  const made = await makeDemoCases(deps);
  process.stdout.write(`${made} remote cases made: ${JSON.stringify(await countDemoCases(deps))}\n`);
} finally {
  await close();
}
