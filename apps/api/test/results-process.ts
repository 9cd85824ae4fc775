import { connect } from '@mse/db';
import { startResults } from '../src/capabilities/results/start-results.ts';
import type { Deps } from '../src/deps.ts';
import { readSettings } from '../src/env.ts';
import { wallClock } from '../src/platform/clock.ts';
import { documentSealer } from '../src/platform/gateways/document-sealer.ts';
import { startJobs } from '../src/platform/jobs.ts';
import { createLog } from '../src/platform/log.ts';
import { secureRandom } from '../src/platform/random.ts';

/** A process that does nothing but make documents, made to be killed by a test. */
const settings = readSettings();
const log = createLog('killed', settings.LOG_LEVEL);
const { db } = connect({ url: settings.DATABASE_URL, max: 5 });
const parts = {
  settings,
  db,
  clock: wallClock(),
  random: secureRandom(),
  log,
  jobs: await startJobs(settings, log),
  sealer: documentSealer(settings.SEALING_KEY_FILE),
};
await startResults(parts as Deps, { sweepEveryMs: 200 });
