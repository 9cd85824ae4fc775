import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { APP_ROLE, EXPERT_ROLE } from './client.ts';

/** Folder of the forward-only migrations, as text files; a build copies it beside its bundle and names it itself. */
export const MIGRATIONS_FOLDER = fileURLToPath(new URL('../migrations', import.meta.url));

/**
 * Brings a database to the newest schema. `url` belongs to the migrator, who owns the tables.
 * Makes the roles of the application and of the experts' queries when they are missing and lets the given login act in them. Safe to run twice and from several
 * processes at once: an advisory lock lets one work and the others wait.
 */
export async function migrateDatabase(options: { url: string; folder?: string }): Promise<void> {
  const sql = postgres(options.url, { max: 1, onnotice: () => undefined });
  try {
    await sql`select pg_advisory_lock(hashtext('saraptama:migrate'))`;
    for (const role of [APP_ROLE, EXPERT_ROLE]) {
      await sql.unsafe(`do $$ begin
        if not exists (select from pg_roles where rolname = '${role}') then create role ${role} nologin; end if;
      exception when duplicate_object or unique_violation then null; end $$`);
      await sql.unsafe(`grant ${role} to current_user`);
    }
    await migrate(drizzle(sql), { migrationsFolder: options.folder ?? MIGRATIONS_FOLDER });
  } finally {
    await sql.end({ timeout: 5 });
  }
}
