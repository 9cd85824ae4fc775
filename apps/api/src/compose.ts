import { connect } from '@mse/db';
import { builtinVerifier, ncanodeVerifier, type SignatureVerifier } from '@mse/auth/signature';
import { createSessionService } from '@mse/auth/sessions';
import { readFileSync } from 'node:fs';
import { answersSettled } from './capabilities/identity/after-answer.ts';
import { startReferenceData } from './capabilities/reference/reference-data.ts';
import type { Deps } from './deps.ts';
import type { Settings } from './env.ts';
import { startDemoClock, wallClock } from './platform/clock.ts';
import { documentSealer } from './platform/gateways/document-sealer.ts';
import { createDigitalDocuments } from './platform/gateways/digital-documents.ts';
import { egovMobileSigning } from './platform/gateways/mobile-signing.ts';
import { createReceivers } from './platform/gateways/receivers.ts';
import { createCandidateRegistries } from './platform/gateways/candidate-registries.ts';
import { createRegistryFeeds } from './platform/gateways/registry-feeds.ts';
import { createSkillsPlatform } from './platform/gateways/skills-platform.ts';
import { createRegistries } from './platform/gateways/registries.ts';
import { startJobs } from './platform/jobs.ts';
import { createLimits } from './platform/limits.ts';
import { startLiveUpdates } from './platform/live.ts';
import { createLog } from './platform/log.ts';
import { createMetrics } from './platform/metrics.ts';
import { secureRandom } from './platform/random.ts';

/** Puts the parts of one process together. `close` gives every connection back, in the reverse order. */
export async function compose(
  settings: Settings,
  process: 'api' | 'worker',
): Promise<{ deps: Deps; close(): Promise<void> }> {
  const log = createLog(process, settings.LOG_LEVEL);
  const metrics = createMetrics(process);
  const random = secureRandom();
  const database = connect({
    url: settings.DATABASE_URL,
    max: settings.DATABASE_POOL,
    name: `saraptama-${process}`,
    // Calls of people are short and many at once; the worker's monthly sums may take the whole machine.
    parallel: process === 'worker',
  });
  const { db } = database;
  const demoClock = settings.SERVICE_MODE === 'demo' ? await startDemoClock(db) : null;
  const clock = demoClock ?? wallClock();
  const reference = await startReferenceData(db);
  const jobs = await startJobs(settings, log);
  const live = await startLiveUpdates(settings, log);
  const deps: Deps = {
    settings,
    db,
    clock,
    demoClock,
    random,
    log,
    metrics,
    jobs,
    live,
    reference,
    registries: createRegistries(settings, wallClock(), random, log, metrics),
    candidateRegistries: createCandidateRegistries(settings, wallClock(), random, log, metrics),
    registryFeeds: createRegistryFeeds(settings, log),
    digitalDocuments: createDigitalDocuments(settings, wallClock(), random, log, metrics),
    skills: createSkillsPlatform(settings, wallClock()),
    receivers: createReceivers(settings, wallClock(), log, metrics),
    signatures: signatureVerifier(settings, random),
    mobileSigning: egovMobileSigning({
      url: settings.MOBILE_SIGNING_URL,
      timeoutMs: settings.MOBILE_SIGNING_TIMEOUT_MS,
      log,
      metrics,
    }),
    sealer: documentSealer(settings.SEALING_KEY_FILE),
    sessions: createSessionService(db, random),
    limits: createLimits(db),
  };
  return {
    deps,
    async close() {
      deps.mobileSigning.close();
      await answersSettled(deps);
      demoClock?.stop();
      reference.stop();
      await live.close();
      await jobs.stop();
      await database.close();
    },
  };
}

/** The verifier the settings name. Ages of revocation answers are judged by the outside world's clock, never by a moved one. */
function signatureVerifier(settings: Settings, random: ReturnType<typeof secureRandom>): SignatureVerifier {
  if (settings.SIGNATURE_VERIFIER === 'ncanode') return ncanodeVerifier({ url: settings.NCANODE_URL });
  if (!settings.TRUST_ANCHORS_FILE)
    throw new Error('Setting TRUST_ANCHORS_FILE: the built-in verifier needs the certificates it may trust');
  return builtinVerifier({
    trustAnchorsPem: readFileSync(settings.TRUST_ANCHORS_FILE, 'utf8'),
    revocation: settings.REVOCATION,
    clock: wallClock(),
    randomBytes: (length) => random.bytes(length),
  });
}
