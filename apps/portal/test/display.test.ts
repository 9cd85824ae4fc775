import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '@mse/domain/shared';
import { hasKey } from '@mse/i18n';
import { DISPLAY, DISPLAY_PARTS, displayAttributes, displayFrom } from '../src/lib/display.ts';
import { dropDisplay, keepDisplay, keptDisplay } from '../src/lib/server/display-cookie.ts';

const usual = displayFrom(() => undefined);

/** Cookies of a browser, with what they were set with. */
function jar() {
  const kept = new Map<string, string>();
  const options: Record<string, unknown>[] = [];
  return {
    kept,
    options,
    get: (name: string) => kept.get(name),
    set: (name: string, value: string, more?: object) => {
      kept.set(name, value);
      options.push({ ...more });
    },
    delete: (name: string) => void kept.delete(name),
  };
}

describe('how the pages look', () => {
  it('C33: without a choice nothing stands on the page', () => {
    expect(displayAttributes(usual)).toBe('');
    expect(displayAttributes(keptDisplay(jar()))).toBe('');
  });

  it('C33: a choice is kept for a year under this very host, and forgotten on reset', () => {
    const cookies = jar();
    const chosen = { ...usual, size: '200', contrast: 'yellow-on-black', images: 'off', motion: 'off' };
    keepDisplay(cookies, chosen);
    expect([...cookies.kept.keys()]).toEqual(['__Host-saraptama-display']);
    expect(cookies.options).toMatchObject([{ path: '/', secure: true, httpOnly: true, maxAge: 31_536_000 }]);
    expect(keptDisplay(cookies)).toEqual(chosen);
    expect(displayAttributes(chosen)).toBe(
      'data-size="200" data-contrast="yellow-on-black" data-images="off" data-motion="off"',
    );
    dropDisplay(cookies);
    expect(keptDisplay(cookies)).toEqual(usual);
  });

  it.each(['', '...', '300.wide', '"><script>.wide.normal.off', '200'.repeat(500)])(
    'C33: a cookie somebody has written (%s) brings nothing but offered values',
    (value) => {
      const display = keptDisplay({ get: () => value });
      for (const part of DISPLAY_PARTS) expect(DISPLAY[part] as readonly string[]).toContain(display[part]);
      expect(displayAttributes(display)).not.toContain('<');
    },
  );

  it('C33, U10: every choice has words in every language', () => {
    const missing = LANGUAGES.flatMap((language) =>
      DISPLAY_PARTS.flatMap((part) =>
        ['legend', ...DISPLAY[part]]
          .filter((value) => !hasKey(language, `display:${part}.${value}`))
          .map((value) => `${language} ${part}.${value}`),
      ),
    );
    expect(missing).toEqual([]);
  });
});
