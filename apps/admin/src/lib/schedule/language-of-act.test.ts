import { describe, expect, it } from 'vitest';
import { languageOfAct } from './language-of-act.ts';

describe('the language of a legal act', () => {
  it.each([
    ['Закон РК «О праздниках в Республике Казахстан»', 'kk', 'ru'],
    ['Закон РК «О праздниках в Республике Казахстан»', 'en', 'ru'],
    ['Закон РК «О праздниках в Республике Казахстан»', 'ru', undefined],
    ['«Қазақстан Республикасындағы мерекелер туралы» Заң', 'ru', 'kk'],
    ['«Қазақстан Республикасындағы мерекелер туралы» Заң', 'kk', undefined],
    ['Order 163', 'kk', undefined],
  ] as const)('U10: %s on a page in %s is spoken in %s', (text, page, language) => {
    expect(languageOfAct(text, page)).toBe(language);
  });
});
