import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrateDatabase } from '@mse/db/migrate';
import postgres from 'postgres';
import { startPostgres } from '../../run/src/postgres.ts';

/** A server for a test file with a migrated template; TEST_DATABASE_ADMIN_URL names one that runs already. */
export async function testServer() {
  const folder = mkdtempSync(join(tmpdir(), 'demo-data-test-'));
  const admin = process.env.TEST_DATABASE_ADMIN_URL;
  const own = admin
    ? undefined
    : await startPostgres({ dataDir: join(folder, 'postgres'), ephemeral: true, fast: true });
  const adminUrl = admin ?? own?.url ?? '';
  const names: string[] = [];
  const mark = `demo_data_${process.pid}_${Date.now().toString(36)}`;
  const administrator = postgres(adminUrl, { max: 1, onnotice: () => undefined });

  async function create(template?: string): Promise<{ name: string; url: string }> {
    const name = `${mark}_${names.length}`;
    names.push(name);
    await (template === undefined
      ? administrator`create database ${administrator(name)}`
      : administrator`create database ${administrator(name)} template ${administrator(template)}`);
    const url = new URL(adminUrl);
    url.pathname = `/${name}`;
    return { name, url: url.href };
  }

  const migrated = await create();
  await migrateDatabase({ url: migrated.url });
  return {
    folder,
    /** Address of a new migrated and empty database. */
    database: async () => (await create(migrated.name)).url,
    async close() {
      for (const name of names)
        await administrator`drop database if exists ${administrator(name)} with (force)`;
      await administrator.end();
      await own?.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
