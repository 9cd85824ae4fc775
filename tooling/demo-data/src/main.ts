/**
 * Loads the demo data into an empty migrated database. Environment: DATABASE_URL (login that owns the tables),
 * SEED (20261122), OUT_DIR (.data), PORTAL_URL (http://localhost:3000).
 */
import { toBusinessTime } from '@mse/domain/shared';
import { loadDemoData } from './load.ts';

const { DATABASE_URL, SEED = '20261122', OUT_DIR = '.data', PORTAL_URL } = process.env;
const seed = Number(SEED);
if (!DATABASE_URL || !Number.isSafeInteger(seed)) {
  console.error(DATABASE_URL ? 'SEED must be a whole number' : 'DATABASE_URL is missing');
  process.exit(78);
}
const start = performance.now();
const result = await loadDemoData({
  databaseUrl: DATABASE_URL,
  now: new Date(),
  seed,
  outDir: OUT_DIR,
  portalUrl: PORTAL_URL,
});
const { date, time } = toBusinessTime(result.serviceTime);
const seconds = ((performance.now() - start) / 1000).toFixed(1);
console.log(
  result.loaded
    ? `demo data loaded in ${seconds} s: ${result.people} people, ${result.forms} forms, ${result.bookings} bookings; the service begins on ${date} at ${time}`
    : `demo data are there already (loaded for ${date} ${time})`,
);
