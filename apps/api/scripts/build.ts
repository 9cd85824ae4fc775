import { build } from 'esbuild';
import { cpSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Bundles API, worker, migration and the demonstration's cases into dist/. Our own packages go in, and so do the libraries of many small files that
 * every start would read one by one; all others stay in node_modules.
 */
const BUNDLED = /^(@mse\/|drizzle-orm|zod|hono|@hono\/|@trpc\/)/;
const root = fileURLToPath(new URL('..', import.meta.url));
for (const name of ['main.js', 'worker.js', 'migrate.js', 'reader-process.js', 'migrations'])
  rmSync(`${root}/dist/${name}`, { recursive: true, force: true });
await build({
  entryPoints: [
    ...['main', 'worker', 'migrate', 'demo-cases'].map((name) => ({
      in: `${root}/src/${name}.ts`,
      out: name,
    })),
    // The program that opens files of strangers runs in a process of its own, beside the worker.
    { in: `${root}/src/capabilities/dossiers/pages/reader-process.ts`, out: 'reader-process' },
  ],
  outdir: `${root}/dist`,
  bundle: true,
  splitting: false,
  platform: 'node',
  format: 'esm',
  target: 'node26',
  sourcemap: 'linked',
  logLevel: 'warning',
  plugins: [
    {
      name: 'most-libraries-stay-outside',
      setup(builder) {
        builder.onResolve({ filter: /^[^./]/ }, (args) =>
          args.kind === 'entry-point' || BUNDLED.test(args.path)
            ? undefined
            : { path: args.path, external: true },
        );
      },
    },
  ],
});
cpSync(
  fileURLToPath(new URL('../../../packages/db/migrations', import.meta.url)),
  `${root}/dist/migrations`,
  { recursive: true },
);
