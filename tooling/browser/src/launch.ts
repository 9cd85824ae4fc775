import { chromium, type Browser } from 'playwright-core';
import { unpackChromium } from './chromium.ts';

export interface LaunchOptions {
  /** Further command-line flags of Chromium. */
  args?: string[];
  /** Milliseconds to wait between actions; 0 when absent. */
  slowMo?: number;
  /** Where the unpacked browser is kept; `.data/browser` of the repository when absent. */
  folder?: string;
}

const quietFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-domain-reliability',
  '--no-pings',
  // Text is laid out the same on every machine.
  '--font-render-hinting=none',
  '--force-color-profile=srgb',
];

/**
 * Starts a headless Chromium that needs nothing from the machine but its C library, and hands it over as a
 * Playwright browser. May be called several times at once. BROWSER_EXECUTABLE names another Chromium instead.
 * @throws when the browser that answers is not the version the package promises
 */
export async function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  const args = [...quietFlags, ...(options.args ?? [])];
  const slowMo = options.slowMo ?? 0;
  const ownBrowser = process.env['BROWSER_EXECUTABLE'];
  if (ownBrowser) return chromium.launch({ executablePath: ownBrowser, args, slowMo });

  const unpacked = await unpackChromium(options.folder);
  const browser = await chromium.launch({
    executablePath: unpacked.executable,
    args,
    slowMo,
    env: unpacked.env,
  });
  if (browser.version().split('.')[0] !== unpacked.majorVersion) {
    const answered = browser.version();
    await browser.close();
    throw new Error(`Expected Chromium ${unpacked.majorVersion}, but ${answered} answered.`);
  }
  return browser;
}
