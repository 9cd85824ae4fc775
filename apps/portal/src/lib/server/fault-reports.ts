import { API_URL, PORTAL_SECRET, SPOOL_DIR } from '$app/env/private';
import { createApiClient } from '@mse/api-client';
import { setTimeout as pause } from 'node:timers/promises';
import { freshId } from './chance.ts';
import { wallClock } from './clock.ts';
import { handOver, handOverAll } from './hand-over.ts';
import { leanFetch } from './lean-fetch.ts';
import { log } from './log.ts';
import { networkLimit } from './network-limit.ts';
import { openSpool, type SpooledReport } from './spool.ts';

const spool = openSpool(SPOOL_DIR, PORTAL_SECRET);
const clientFor = ({ token, language }: SpooledReport) =>
  createApiClient({ url: API_URL, token, language, requestId: freshId(), fetch: leanFetch });

/** Whole offices stand behind one address, so this is generous. */
export const reportsOfNetwork = networkLimit(30, 10 * 60);

/** Nobody waits longer than this for the API: the report is safe already. */
const PATIENCE_MS = 1500;
const EVERY_MS = 10_000;

/** C31: keeps a report on the disk, then offers it to the API. Done when it is safe. */
export async function keepReport(report: SpooledReport): Promise<void> {
  await spool.put(report);
  const handing = handOver(spool, report, clientFor, wallClock()).catch((failure: unknown) => {
    log('error', 'fault report waits', { name: failure instanceof Error ? failure.name : 'unknown' });
  });
  await Promise.race([handing, pause(PATIENCE_MS, undefined, { ref: false })]);
}

/** Hands over what waits, at once and then every ten seconds, as long as the process lives. */
export function startHandingOver(): void {
  let busy = false;
  const round = async () => {
    if (busy) return;
    busy = true;
    try {
      const { arrived, refused } = await handOverAll(spool, clientFor, wallClock);
      if (arrived + refused > 0)
        log(refused > 0 ? 'error' : 'info', 'fault reports handed over', { arrived, refused });
    } catch (failure) {
      log('error', 'fault reports wait', { name: failure instanceof Error ? failure.name : 'unknown' });
    } finally {
      busy = false;
    }
  };
  setInterval(() => void round(), EVERY_MS).unref();
  void round();
}
