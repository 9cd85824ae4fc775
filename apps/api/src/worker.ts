import { serve } from '@hono/node-server';
import { sql } from 'drizzle-orm';
import { Hono } from 'hono';
import { startRegisterJobs } from './capabilities/expert-register/start-register-jobs.ts';
import { startExaminationTimers } from './capabilities/examination/index.ts';
import { startDossierJobs } from './capabilities/dossiers/start-dossier-jobs.ts';
import { startPayTimers } from './capabilities/expert-pay/start-pay-timers.ts';
import { startIdentityTimers } from './capabilities/identity/start-identity-timers.ts';
import { startIntakeJobs } from './capabilities/intake/start-intake-jobs.ts';
import { startMassMoveJobs } from './capabilities/mass-move/start-mass-move-jobs.ts';
import { startNotifications } from './capabilities/notifications/start-notifications.ts';
import { startOutbound } from './capabilities/outbound/index.ts';
import { startQueueTimers } from './capabilities/queue/start-queue-timers.ts';
import { startReportingTimers } from './capabilities/reporting/start-reporting-timers.ts';
import { startSpreadJobs } from './capabilities/schedule/spread-start-times.ts';
import { startSigningTimers } from './capabilities/signing/start-signing-timers.ts';
import { startResults } from './capabilities/results/start-results.ts';
import { startWaitListTimers } from './capabilities/wait-list/start-wait-list-timers.ts';
import { compose } from './compose.ts';
import { readSettings } from './env.ts';
import { onShutdown } from './shutdown.ts';

/** Entry of the worker process: messages, waiting forms, timers. Many may run at once. */
const settings = readSettings();
const { deps, close } = await compose(settings, 'worker');
const parts = [
  await startNotifications(deps),
  await startIntakeJobs(deps),
  await startQueueTimers(deps),
  await startMassMoveJobs(deps),
  await startResults(deps),
  await startSpreadJobs(deps),
  await startOutbound(deps),
  await startRegisterJobs(deps),
  await startDossierJobs(deps),
  startIdentityTimers(deps),
  startPayTimers(deps),
  startExaminationTimers(deps),
  startWaitListTimers(deps),
  startReportingTimers(deps),
  startSigningTimers(deps),
];

const app = new Hono();
app.get('/health', (context) => context.json({ status: 'ok' }));
app.get('/ready', async (context) => {
  try {
    await deps.db.execute(sql`select 1`);
    return context.json({ status: 'ready' });
  } catch {
    return context.json({ status: 'database-unreachable' }, 503);
  }
});
app.get('/metrics', async (context) => {
  context.header('content-type', deps.metrics.registry.contentType);
  return context.body(await deps.metrics.registry.metrics());
});
const server = serve({ fetch: app.fetch, hostname: settings.API_HOST, port: settings.WORKER_PORT }, () => {
  deps.log.info({ port: settings.WORKER_PORT }, 'worker ready');
});

onShutdown(deps.log, async () => {
  server.close();
  for (const part of parts.reverse()) await part.stop();
  await close();
});
