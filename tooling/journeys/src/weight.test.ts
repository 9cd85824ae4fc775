import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiClient, consentOverApi, signInOverApi } from './steps/api.ts';
import { closeBrowser, go, openWindow, type Window } from './steps/browser.ts';
import { sendForm } from './steps/clinic.ts';
import { freshPerson } from './steps/people.ts';
import { openSignedIn } from './steps/sessions.ts';
import { resetSimulators } from './steps/simulators.ts';
import { openWorld, type World } from './steps/world.ts';

/** Budgets in bytes over the wire: everything, and what a browser without scripts and fonts needs. */
const EVERYTHING = 60_000;
const PLAIN = 30_000;

interface Loaded {
  kind: string;
  path: string;
  bytes: number;
  encoding: string;
}

/** Everything the page fetches when it is opened for the first time, as it came over the wire. */
async function weigh(page: Page, open: () => Promise<unknown>): Promise<Loaded[]> {
  const session = await page.context().newCDPSession(page);
  const loaded = new Map<string, Loaded>();
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: false });
  session.on('Network.responseReceived', ({ requestId, response, type }) => {
    const encoding =
      Object.entries(response.headers).find(([name]) => name.toLowerCase() === 'content-encoding')?.[1] ?? '';
    if (/^https?:/.test(response.url))
      loaded.set(requestId, { kind: type, path: new URL(response.url).pathname, bytes: 0, encoding });
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const found = loaded.get(requestId);
    if (found) found.bytes = encodedDataLength;
  });
  await open();
  await page.waitForLoadState('networkidle');
  return [...loaded.values()];
}

const sum = (parts: readonly Loaded[]) => parts.reduce((bytes, part) => bytes + part.bytes, 0);
const isPlain = (part: Loaded) => part.kind === 'Document' || part.kind === 'Stylesheet';

describe('weight of pages', () => {
  let world: World;
  let token: string;
  let formId: string;
  beforeAll(async () => {
    world = openWorld();
    await resetSimulators(world);
    const person = await freshPerson(world);
    formId = await sendForm(world, person);
    token = await signInOverApi(world, person);
    await consentOverApi(apiClient(world, token), 'kk');
  });
  afterAll(async () => {
    await closeBrowser();
    await world?.close();
  });

  it.each(['first page', 'C11'])(
    'P4, U20: %s weighs at most 60 KB with everything, and 30 KB without scripts and fonts',
    async (name) => {
      const pages: Record<string, { path: string; window: () => Promise<Window> }> = {
        'first page': { path: '/kk', window: () => openWindow({ width: 360 }) },
        C11: {
          path: `/kk/booking/${formId}/time`,
          window: () => openSignedIn(world, 'portal', token, { width: 360 }),
        },
      };
      const { path = '', window } = pages[name] ?? {};
      if (!window) throw new Error('no such page');
      const { page, close } = await window();
      const parts = await weigh(page, () => go(page, `${world.at.portal}${path}`));
      const plain = parts.filter(isPlain);
      console.log(
        `P4: ${name}: ${(sum(parts) / 1000).toFixed(1)} KB of 60 over the wire (${parts.length} requests), ${(sum(plain) / 1000).toFixed(1)} KB of 30 without scripts and fonts`,
      );
      for (const part of parts.toSorted((one, other) => other.bytes - one.bytes))
        console.log(
          `    ${String(part.bytes).padStart(6)} ${part.kind.padEnd(10)} ${part.encoding.padEnd(4)} ${part.path.replaceAll(/[0-9a-f-]{36}/g, ':id')}`,
        );
      expect(parts.length).toBeGreaterThan(1);
      expect(sum(parts)).toBeLessThanOrEqual(EVERYTHING);
      expect(sum(plain)).toBeLessThanOrEqual(PLAIN);
      for (const part of parts.filter((each) => each.bytes > 2000 && each.kind !== 'Font'))
        expect(['br', 'gzip', 'zstd'], part.path).toContain(part.encoding);
      await close();
    },
  );

  it('U20: on a weak phone and a slow line the first page stands within 2.5 s and nothing jumps', async () => {
    const { page, close } = await openWindow({ width: 360 });
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 400,
      downloadThroughput: 50_000,
      uploadThroughput: 50_000,
    });
    await go(page, `${world.at.portal}/kk`);
    const seen = await page.evaluate(
      () =>
        new Promise<{ paint: number; shift: number }>((resolve) => {
          const seen = { paint: 0, shift: 0 };
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) seen.paint = entry.startTime;
          }).observe({ type: 'largest-contentful-paint', buffered: true });
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries())
              seen.shift += (entry as PerformanceEntry & { value: number }).value;
          }).observe({ type: 'layout-shift', buffered: true });
          setTimeout(() => resolve(seen), 500);
        }),
    );
    console.log(
      `U20: first page over 400 kbit/s with 400 ms delay: largest paint after ${Math.round(seen.paint)} ms, layout shift ${seen.shift.toFixed(3)}`,
    );
    expect(seen.paint).toBeGreaterThan(0);
    expect(seen.paint).toBeLessThanOrEqual(2500);
    expect(seen.shift).toBeLessThanOrEqual(0.02);
    await close();
  });
});
