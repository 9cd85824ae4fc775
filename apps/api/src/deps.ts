import type { Database } from '@mse/db';
import type { SessionService } from '@mse/auth/sessions';
import type { SignatureVerifier } from '@mse/auth/signature';
import type { Settings } from './env.ts';
import type { Clock, DemoClock } from './platform/clock.ts';
import type { DocumentSealer } from './platform/gateways/document-sealer.ts';
import type { DigitalDocumentsService } from './platform/gateways/digital-documents.ts';
import type { MobileSigning } from './platform/gateways/mobile-signing.ts';
import type { CandidateRegistries } from './platform/gateways/candidate-registries.ts';
import type { RegistryFeeds } from './platform/gateways/registry-feeds.ts';
import type { SkillsPlatform } from './platform/gateways/skills-platform.ts';
import type { Receivers } from './platform/gateways/receivers.ts';
import type { Registries } from './platform/gateways/registries.ts';
import type { Jobs } from './platform/jobs.ts';
import type { Limits } from './platform/limits.ts';
import type { LiveUpdates } from './platform/live.ts';
import type { Log } from './platform/log.ts';
import type { Metrics } from './platform/metrics.ts';
import type { Random } from './platform/random.ts';
import type { ReferenceData } from './capabilities/reference/reference-data.ts';

/** Everything a use case may reach for. Made once per process in `compose.ts`; tests make their own. */
export interface Deps {
  settings: Settings;
  db: Database;
  clock: Clock;
  /** Demo mode only. */
  demoClock: DemoClock | null;
  random: Random;
  log: Log;
  metrics: Metrics;
  jobs: Jobs;
  registries: Registries;
  receivers: Receivers;
  candidateRegistries: CandidateRegistries;
  registryFeeds: RegistryFeeds;
  digitalDocuments: DigitalDocumentsService;
  skills: SkillsPlatform;
  signatures: SignatureVerifier;
  mobileSigning: MobileSigning;
  sealer: DocumentSealer;
  sessions: SessionService;
  limits: Limits;
  live: LiveUpdates;
  reference: ReferenceData;
}
