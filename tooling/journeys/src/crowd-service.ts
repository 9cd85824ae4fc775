import { createApiClient, type ApiClient } from '@mse/api-client';
import {
  type Crowd,
  type CrowdMember,
  type CrowdOptions,
  dataFolder,
  prepareCrowd,
  type Service,
  startService,
} from '@mse/run';
import { join } from 'node:path';
import postgres from 'postgres';

/** A service with a crowd ready to book and nothing else: two API processes on one database, as in production. */
export async function startCrowdService(
  name: string,
  crowd: Omit<CrowdOptions, 'now'>,
  processes: { apis: number; workers: number },
): Promise<{
  service: Service;
  crowd: Crowd;
  sql: postgres.Sql;
  client(member: CrowdMember, api: number): ApiClient;
  close(): Promise<void>;
}> {
  const service = await startService({
    dataDir: join(dataFolder(), `${name}-${process.pid}`),
    mode: 'production',
    env: {
      SECRET_KEY: 'journey-secret-journey-secret-journey',
      SKILLS_SECRET: 'journey-skills-journey-skills-journey',
      LOG_LEVEL: 'warn',
      SMPP_PER_SECOND: '1000',
      SMPP_WINDOW: '50',
    },
    web: false,
    demoData: false,
    ephemeral: true,
    ...processes,
  });
  const sql = postgres(service.databaseUrl, { max: 4, onnotice: () => undefined });
  const ready = await prepareCrowd(service.databaseUrl, { ...crowd, now: new Date() });
  const client = (member: CrowdMember, api: number) =>
    createApiClient({
      url: service.api[api % service.api.length] ?? '',
      token: member.token,
      language: member.language,
    });
  for (let api = 0; api < service.api.length; api += 1)
    await knowsDepartments(service.api[api] ?? '', ready.departmentIds.length);
  return {
    service,
    crowd: ready,
    sql,
    client,
    async close() {
      await sql.end({ timeout: 5 });
      await service.stop();
    },
  };
}

/** Waits until an API process has read the departments of the crowd. */
async function knowsDepartments(url: string, count: number): Promise<void> {
  const anybody = createApiClient({ url, token: null, language: 'kk' });
  for (const deadline = performance.now() + 30_000; performance.now() < deadline;) {
    if ((await anybody.reference.departments.query()).length >= count) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error('The API never learned of the new departments');
}
