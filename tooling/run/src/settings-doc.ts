/** Writes docs/settings.md from the settings themselves; a test holds the page to what this makes. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repositoryRoot } from './paths.ts';

/** What a zod schema tells of itself, as far as the page needs it. */
interface Described {
  description?: string | undefined;
  safeParse(value: unknown): { success: boolean; data?: unknown };
}
interface Setting {
  name: string;
  standard: string;
  meaning: string;
}

const load = (path: string): Promise<Record<string, unknown>> =>
  import(pathToFileURL(join(repositoryRoot, path)).href) as Promise<Record<string, unknown>>;

/** What holds when a setting is absent. */
function standardOf(schema: Described): string {
  const absent = schema.safeParse(undefined);
  if (!absent.success) return '**needed**';
  return absent.data === undefined ? '–' : `\`${String(absent.data)}\``;
}

function table(settings: readonly Setting[]): string {
  const rows = settings.map(
    ({ name, standard, meaning }) => `| \`${name}\` | ${standard} | ${meaning.replaceAll('|', '\\|')} |`,
  );
  return ['| setting | default | meaning |', '|---|---|---|', ...rows].join('\n');
}

/** The page, from the settings of API and worker and of the two front ends. */
export async function settingsPage(): Promise<string> {
  const api = await load('apps/api/src/env.ts');
  const shape = (api.Settings as { shape: Record<string, Described> }).shape;
  const server = Object.entries(shape).map(([name, schema]) => ({
    name,
    standard: standardOf(schema),
    meaning: schema.description ?? '',
  }));
  const front = async (app: 'portal' | 'admin') => {
    const { variables } = await load(`apps/${app}/src/env.ts`);
    const known = Object.entries(variables as Record<string, { description: string; schema: Described }>);
    return [
      { name: 'PORT', standard: app === 'portal' ? '`3000`' : '`3001`', meaning: 'Port it listens on' },
      { name: 'HOST', standard: '`127.0.0.1`', meaning: 'Address it listens on' },
      ...known.map(([name, { description, schema }]) => ({
        name,
        standard: standardOf(schema),
        meaning: description,
      })),
    ];
  };
  return `# Settings

Everything comes from the environment; a wrong value stops the process with one plain line per setting. In production
\`SERVICE_MODE\` stays at its default and every secret is set. The API trusts \`x-client-address\` from whoever reaches its
port, so only portal, admin and the gateway of the clinics may reach it.

## API, worker and migration (\`apps/api\`)
${table(server)}

## Portal (\`apps/portal\`)
${table(await front('portal'))}

## Admin (\`apps/admin\`)
${table(await front('admin'))}

Behind a proxy that ends TLS, both front ends take the scheme and host from \`PROTOCOL_HEADER\` and \`HOST_HEADER\`
(for example \`x-forwarded-proto\` and \`x-forwarded-host\`).

## \`npm start\` and \`npm test\`
| setting | meaning |
|---|---|
| \`DATA_DIR\` | Folder of database, logs and demo lists; \`.data\` by default |
| \`DATABASE_URL\`, \`MIGRATION_DATABASE_URL\` | Another PostgreSQL 15 or newer instead of the embedded one |
| \`PORTAL_PORT\`, \`ADMIN_PORT\`, \`API_PORT\`, \`WORKER_PORT\`, \`SIM_PORT\`, \`SMPP_PORT\`, \`NCALAYER_PORT\`, \`POSTGRES_PORT\` | Wanted ports; a busy one gives way to the next free one |
| \`HOST\` | Address portal and admin listen on |
`;
}

/** Where the page lives. */
export const settingsFile = join(repositoryRoot, 'docs', 'settings.md');

if (process.argv[1] === import.meta.filename) writeFileSync(settingsFile, await settingsPage());
