import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { settingsFile, settingsPage } from '../src/settings-doc.ts';

it('docs/settings.md names every setting with its default (remake it: node tooling/run/src/settings-doc.ts)', async () => {
  expect(readFileSync(settingsFile, 'utf8')).toBe(await settingsPage());
});
