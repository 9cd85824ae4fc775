import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Emits the declarations of the router, and nothing that can run: the front ends get types, never the server. */
const root = fileURLToPath(new URL('..', import.meta.url));
rmSync(`${root}/dist/types`, { recursive: true, force: true });
const result = spawnSync(
  process.execPath,
  [`${root}/node_modules/typescript/bin/tsc`, '-p', `${root}/tsconfig.types.json`],
  { stdio: 'inherit' },
);
process.exit(result.status ?? 1);
