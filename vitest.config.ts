import { defineConfig } from 'vitest/config';

const minutes = 60_000;

/** Lists of tests: by themselves, in the browser against a running service, and the long proofs. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            'packages/**/*.test.ts',
            'apps/**/*.test.ts',
            'tooling/{simulators,run,browser,demo-data}/**/*.test.ts',
          ],
          exclude: ['**/node_modules/**', '**/dist/**', '**/build/**'],
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'journeys',
          // The rest of the journeys is long: `npm run prove` walks them all. With `pages` in this list each kind of page is looked at once.
          include: ['tooling/journeys/src/{guardian,journey,kill,storm,two-of-each,weight}.test.ts'],
          env: { PAGES: 'once' },
          globalSetup: ['tooling/run/src/service-for-tests.ts'],
          testTimeout: 2 * minutes,
          hookTimeout: 2 * minutes,
        },
      },
      {
        extends: true,
        test: {
          name: 'prove',
          include: ['{apps,packages,tooling}/**/*.prove.ts', 'tooling/journeys/src/*.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**', '**/build/**'],
          globalSetup: ['tooling/run/src/service-for-tests.ts'],
          testTimeout: 15 * minutes,
          hookTimeout: 5 * minutes,
        },
      },
    ],
  },
});
