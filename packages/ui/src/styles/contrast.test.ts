import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');
const display = readFileSync(new URL('display.css', import.meta.url), 'utf8');

type Theme = 'light' | 'dark' | 'black-on-white' | 'white-on-black' | 'yellow-on-black';

/** Custom properties with a plain colour, of the light set and of the dark or a chosen one over it. */
function colours(theme: Theme): Record<string, string> {
  const [light = '', ...others] = css.split('@media');
  const dark = others.find((block) => block.includes('prefers-color-scheme: dark')) ?? '';
  const chosen = new RegExp(`html\\[data-contrast='${theme}'\\] \\{[^}]*\\}`).exec(display)?.[0] ?? '';
  const found: Record<string, string> = {};
  for (const block of theme === 'light' ? [light] : theme === 'dark' ? [light, dark] : [light, chosen]) {
    for (const match of block.matchAll(/--([a-z-]+):\s*(#[0-9a-f]{6});/g))
      found[match[1] ?? ''] = match[2] ?? '';
  }
  return found;
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const value = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(left: string, right: string): number {
  const pair = [luminance(left), luminance(right)];
  return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
}

/** Text colour and every ground it stands on. */
const TEXT: [string, string[]][] = [
  [
    'ink',
    ['ground', 'ground-raised', 'ground-soft', 'told-ground', 'good-ground', 'care-ground', 'bad-ground'],
  ],
  ['ink-soft', ['ground', 'ground-raised', 'ground-soft', 'told-ground']],
  [
    'link',
    ['ground', 'ground-raised', 'ground-soft', 'told-ground', 'good-ground', 'care-ground', 'bad-ground'],
  ],
  ['link-hover', ['ground', 'ground-raised', 'ground-soft', 'told-ground']],
  ['good', ['ground', 'ground-raised', 'good-ground']],
  ['care', ['ground', 'ground-raised', 'care-ground']],
  ['bad', ['ground', 'ground-raised', 'bad-ground']],
  ['told', ['ground', 'ground-raised', 'told-ground']],
  ['on-brand', ['brand', 'brand-deep']],
  ['on-action', ['action', 'action-hover']],
  ['focus-ink', ['focus']],
];

describe.each(['light', 'dark', 'black-on-white', 'white-on-black', 'yellow-on-black'] as const)(
  'colours of the %s set',
  (theme) => {
    const set = colours(theme);
    const colour = (name: string) => {
      const found = set[name];
      if (!found) throw new Error(`tokens.css has no colour --${name}`);
      return found;
    };

    it.each(TEXT.flatMap(([text, grounds]) => grounds.map((ground) => [text, ground] as const)))(
      'WCAG 1.4.6: %s on %s has at least 7:1',
      (text, ground) => {
        expect(contrast(colour(text), colour(ground))).toBeGreaterThanOrEqual(7);
      },
    );

    it.each([
      ['line-colour', 'ground-raised'],
      ['line-colour', 'ground'],
      ['action', 'ground'],
      ['gold', 'brand-deep'],
    ])('WCAG 1.4.11: %s on %s can be told apart, at least 3:1', (edge, ground) => {
      expect(contrast(colour(edge), colour(ground))).toBeGreaterThanOrEqual(3);
    });
  },
);
