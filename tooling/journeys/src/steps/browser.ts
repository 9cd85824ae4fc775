import { launchBrowser } from '@mse/browser';
import type { Language } from '@mse/domain/shared';
import type { Browser, BrowserContext, Page } from 'playwright-core';

/** How somebody uses the service. */
export interface Way {
  language: Language;
  scripts: boolean;
  /** Width of the screen in CSS pixels. */
  width: number;
}

/** The three ways in which the whole journey is made. */
export const WAYS: readonly Way[] = [
  { language: 'kk', scripts: true, width: 1280 },
  { language: 'ru', scripts: false, width: 768 },
  { language: 'en', scripts: true, width: 320 },
];

/** A way in words, for names of tests. */
export function inWords({ language, scripts, width }: Way): string {
  return `${language}, ${scripts ? 'with' : 'without'} JavaScript, ${width} px`;
}

/** A browser window of one person, with everything the browser complained about. */
export interface Window {
  page: Page;
  context: BrowserContext;
  /** Errors of scripts, refused contents, broken requests; empty when all is well. */
  complaints: string[];
  close(): Promise<void>;
}

let started: Promise<Browser> | undefined;

/** The browser of this test file. */
export function browser(): Promise<Browser> {
  return (started ??= launchBrowser());
}

/** Ends the browser of this test file. */
export async function closeBrowser(): Promise<void> {
  const running = await started;
  started = undefined;
  await running?.close();
}

/** A window with cookies of its own, as of another person. */
export async function openWindow(way: Partial<Way> = {}): Promise<Window> {
  const { language = 'ru', scripts = true, width = 1280 } = way;
  const context = await (
    await browser()
  ).newContext({
    javaScriptEnabled: scripts,
    viewport: { width, height: 900 },
    locale: { kk: 'kk-KZ', ru: 'ru-RU', en: 'en-GB' }[language],
    reducedMotion: 'reduce',
    acceptDownloads: true,
  });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  watch(page, complaints);
  context.on('page', (another) => watch(another, complaints));
  return { page, context, complaints, close: () => context.close() };
}

/** Pages answer a wrong form with 400 and a refusal with 409; the browser writes that down, and it is no fault. */
const EXPECTED = /status of (400|401|403|404|409|429)/;

function watch(page: Page, complaints: string[]): void {
  page.on('console', (message) => {
    if (message.type() === 'error' && !EXPECTED.test(message.text()))
      complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`script: ${error.message}`));
  page.on('response', (response) => {
    if (response.status() >= 500) complaints.push(`${response.status()} ${new URL(response.url()).pathname}`);
  });
}

/** Goes to an address of the portal or the admin and tells the status of the answer. */
export async function go(page: Page, address: string): Promise<number> {
  return (await page.goto(address))?.status() ?? 0;
}
