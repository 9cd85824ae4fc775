import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hasKey } from '@mse/i18n';
import { describe, expect, it } from 'vitest';

const apps = fileURLToPath(new URL('../..', import.meta.url));
const locales = fileURLToPath(new URL('../../../packages/i18n/locales/kk', import.meta.url));

/** Namespaces whose words citizens read; what nobody says any more must go. */
const OURS = ['cabinet', 'common', 'consent', 'errors', 'identity', 'pages', 'queue'];
/** Keys that are put together from parts: the errors of fields, whose list contracts and i18n hold. */
const PUT_TOGETHER = [/^errors:[a-z-]+$/, /^errors:field\./, /^consent:text\./];

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (['node_modules', 'build', 'dist', '.svelte-kit', 'test'].includes(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.(svelte|ts)$/.test(entry.name) && !entry.name.endsWith('.test.ts')
      ? [readFileSync(path, 'utf8')]
      : [];
  });
}

function mentioned(text: string): string[] {
  const namespaces = OURS.join('|');
  return [...text.matchAll(new RegExp(`['"\`]((?:${namespaces}):[^'"\`\\n]+)['"\`]`, 'g'))].map(
    (match) => match[1] ?? '',
  );
}

/** `queue:refusal.${refusal}` as a pattern of whole keys. */
const patternOf = (template: string) =>
  new RegExp(
    `^${template
      .split(/\$\{[^}]*\}/)
      .map((part) => part.replace(/[.*+?^$()|[\]\\]/g, '\\$&'))
      .join('[^:]+')}$`,
  );

function keys(node: unknown, path: string): string[] {
  if (typeof node !== 'object' || node === null) return [path.replace(/_(one|few|many|other)$/, '')];
  return Object.entries(node).flatMap(([key, child]) =>
    keys(child, path.endsWith(':') ? path + key : `${path}.${key}`),
  );
}

const portal = sources(join(apps, 'portal/src')).flatMap(mentioned);
const everywhere = sources(apps).flatMap(mentioned);

describe('words on the pages', () => {
  it('U10: every text a page asks for by its full name exists', () => {
    const missing = portal.filter((key) => !key.includes('${') && !hasKey('kk', key));
    expect([...new Set(missing)]).toEqual([]);
    expect(portal.length).toBeGreaterThan(200);
  });

  it('U10: every text is said somewhere', () => {
    const said = new Set(everywhere);
    const patterns = [...PUT_TOGETHER, ...[...said].filter((key) => key.includes('${')).map(patternOf)];
    const unsaid = OURS.flatMap((namespace) =>
      keys(JSON.parse(readFileSync(join(locales, `${namespace}.json`), 'utf8')), `${namespace}:`),
    ).filter((key) => !said.has(key) && !patterns.some((pattern) => pattern.test(key)));
    expect([...new Set(unsaid)]).toEqual([]);
  });
});
