import { APP_ROLE } from '@mse/db';
import { migrateDatabase } from '@mse/db/migrate';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readSettings } from './env.ts';
import { prepareJobs } from './platform/jobs.ts';

/** Entry of the migration: brings tables and job queues to the newest shape, as their owner. Ends when done. */
const settings = readSettings();
const url = settings.MIGRATION_DATABASE_URL ?? settings.DATABASE_URL;
const beside = fileURLToPath(new URL('./migrations', import.meta.url));
await migrateDatabase({ url, ...(existsSync(beside) ? { folder: beside } : {}) });
await prepareJobs(url, APP_ROLE);
