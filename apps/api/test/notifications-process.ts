import { connect } from '@mse/db';
import { startNotifications } from '../src/capabilities/notifications/start-notifications.ts';
import { startReferenceData } from '../src/capabilities/reference/reference-data.ts';
import type { Deps } from '../src/deps.ts';
import { readSettings } from '../src/env.ts';
import { wallClock } from '../src/platform/clock.ts';
import { startJobs } from '../src/platform/jobs.ts';
import { createLog } from '../src/platform/log.ts';
import { createMetrics } from '../src/platform/metrics.ts';
import { secureRandom } from '../src/platform/random.ts';

/** A process that does nothing but send messages, made to be killed by a test. */
const settings = readSettings();
const log = createLog('killed', settings.LOG_LEVEL);
const { db } = connect({ url: settings.DATABASE_URL, max: 5 });
const parts = {
  settings,
  db,
  clock: wallClock(),
  random: secureRandom(),
  log,
  metrics: createMetrics('killed'),
  jobs: await startJobs(settings, log),
  reference: await startReferenceData(db),
};
await startNotifications(parts as Deps, {
  graceMs: Number(process.env.GRACE_MS),
  relayEveryMs: 30,
  smpp: { answerMs: 500, reconnectFirstMs: 30, reconnectLastMs: 60 },
});
