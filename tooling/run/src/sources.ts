import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from './paths.ts';

/** Folders that hold results, not sources. */
const results = new Set(['node_modules', 'dist', 'build', '.svelte-kit', '.turbo', '.data', 'report']);

/** Every source file under a folder of the project, by its path inside the project, in a fixed order. */
export function listSources(folder: string, root = repositoryRoot): string[] {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true })
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      if (results.has(entry.name)) return [];
      const inside = join(folder, entry.name);
      if (entry.isDirectory()) return listSources(inside, root);
      return entry.isFile() ? [inside] : [];
    });
}

/** A fingerprint of all sources under some folders, and of what else decides a build. */
export function hashSources(folders: readonly string[], root = repositoryRoot): string {
  const hash = createHash('sha256').update(process.version);
  const settings = ['pnpm-lock.yaml', 'turbo.json', 'package.json'].filter((file) =>
    existsSync(join(root, file)),
  );
  for (const file of [...settings, ...folders.flatMap((folder) => listSources(folder, root))]) {
    hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}
