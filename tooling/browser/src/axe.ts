import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

export interface AxeOptions {
  /** CSS selectors of parts to look at; the whole page when absent. */
  include?: string[];
  /** CSS selectors of parts to leave out; each exclusion owes a written reason where it is asked for. */
  exclude?: string[];
}

/** What axe found on a page, each finding as a few lines a person can read. */
export interface AxeReport {
  violations: string[];
  /** Places axe could not judge by itself. */
  incomplete: string[];
}

const tags = ['wcag2a', 'wcag2aa', 'wcag2aaa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

/** Rules that no tag switches on: off by default or experimental in axe, promised by our pages all the same. */
const promisedRules = [
  'target-size',
  'color-contrast-enhanced',
  'label-content-name-mismatch',
  'td-has-header',
  'css-orientation-lock',
];

type Findings = Awaited<ReturnType<AxeBuilder['analyze']>>['violations'];

function inWords(findings: Findings): string[] {
  return findings.map((finding) => {
    const places = finding.nodes.map((node) => {
      const why = [...node.any, ...node.all, ...node.none].map((check) => check.message).join('; ');
      return `  ${node.target.flat().join(' ')}: ${why}\n    ${node.html.slice(0, 200)}`;
    });
    return `${finding.id} (${finding.impact ?? 'no impact'}): ${finding.help}\n${places.join('\n')}`;
  });
}

/**
 * A page whose scripts are off runs no timers either, and axe waits for some. They are replaced by ones that
 * fire at once; nobody else on that page can notice.
 */
async function fireTimersAtOnce(page: Page): Promise<void> {
  await page.evaluate(() => {
    const soon = (callback: () => void) => {
      void Promise.resolve().then(callback);
      return 0;
    };
    Object.assign(window, { setTimeout: soon, requestAnimationFrame: soon });
  });
}

/**
 * Looks at a page with axe: WCAG 2.0 to 2.2, levels A to AAA, best practice, and the rules that must be asked
 * for by name. Works on pages whose scripts are switched off, too.
 */
export async function axeReport(page: Page, options: AxeOptions = {}): Promise<AxeReport> {
  let builder = new AxeBuilder({ page })
    .options({
      runOnly: { type: 'tag', values: tags },
      rules: Object.fromEntries(promisedRules.map((rule) => [rule, { enabled: true }])),
      resultTypes: ['violations', 'incomplete'],
    })
    // Otherwise axe would gather its results in a second page: needed for frames of other sites only, which we have
    // none of, twice as slow, and impossible where scripts are off.
    .setLegacyMode();
  for (const selector of options.include ?? []) builder = builder.include(selector);
  for (const selector of options.exclude ?? []) builder = builder.exclude(selector);
  const scriptsAreOff = await page.evaluate(() => matchMedia('(scripting: none)').matches);
  if (scriptsAreOff) await fireTimersAtOnce(page);
  const results = await builder.analyze();
  return { violations: inWords(results.violations), incomplete: inWords(results.incomplete) };
}

/** The violations that axe finds on a page, as readable text; an empty list when there are none. */
export async function axe(page: Page, options: AxeOptions = {}): Promise<string[]> {
  return (await axeReport(page, options)).violations;
}
