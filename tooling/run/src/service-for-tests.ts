/** Global set-up of vitest: one service, shared by all test files of the run; `inject('service')` tells where it is. */
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { ensureBuilt } from './build.ts';
import { startService, type Service } from './service.ts';
import { testFolder } from './test-folder.ts';

/** Where the parts of the shared service are, and under which process numbers. */
export type ServiceAddresses = Pick<
  Service,
  | 'portal'
  | 'admin'
  | 'api'
  | 'workers'
  | 'simulators'
  | 'smpp'
  | 'ncalayer'
  | 'databaseUrl'
  | 'dataDir'
  | 'ports'
>;

declare module 'vitest' {
  export interface ProvidedContext {
    service: ServiceAddresses;
  }
}

export default async function provideService(project: TestProject): Promise<() => Promise<void>> {
  const folder = testFolder();
  await ensureBuilt(join(folder, 'logs'));
  const service = await startService({ dataDir: join(folder, 'service'), ephemeral: true, fast: true });
  const { portal, admin, api, workers, simulators, smpp, ncalayer, databaseUrl, dataDir, ports } = service;
  project.provide('service', {
    portal,
    admin,
    api,
    workers,
    simulators,
    smpp,
    ncalayer,
    databaseUrl,
    dataDir,
    ports,
  });
  return () => service.stop();
}
