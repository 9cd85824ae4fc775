import type { Page } from 'playwright-core';

export interface LanguageOptions {
  /** The language the whole page must declare; any of kk, ru, en when absent. */
  expected?: 'kk' | 'ru' | 'en';
  /** Words that mix Latin and Cyrillic on purpose (a brand name); each owes a reason where it is asked for. */
  allowedWords?: string[];
}

interface TextPiece {
  text: string;
  lang: string;
  where: string;
}

const kazakhLetters = /[ӘәҒғҚқҢңӨөҰұҮүҺһІі]/u;
const mixedScripts = /(?=.*\p{Script=Latin})(?=.*\p{Script=Cyrillic})/u;

/** Russian words that stand in nearly every Russian sentence and are no Kazakh words. */
const russianWords = new Set(
  (
    'и в по на из за при или для что это этот эта эти вы вас вам ваш ваша ваше ваши как когда если есть ' +
    'будет будут нужно можно нельзя только чтобы после перед через без под над мы нас наш он она они его её их ' +
    'который которая которое которые вашего вашей здесь где выберите введите нажмите'
  )
    .split(' ')
    .filter((word) => word !== ''),
);

/** Every text a person reads or hears on the page, with the language that applies to it. */
function readTexts(page: Page): Promise<TextPiece[]> {
  return page.evaluate(() => {
    const spokenAttributes = ['alt', 'aria-label', 'aria-description', 'placeholder', 'title'];
    const unread = new Set(['SCRIPT', 'STYLE', 'TEMPLATE', 'NOSCRIPT']);
    const pieces: { text: string; lang: string; where: string }[] = [];
    const langOf = (element: Element | null) => element?.closest('[lang]')?.getAttribute('lang') ?? '';
    const nameOf = (element: Element) => {
      const id = element.id === '' ? '' : `#${element.id}`;
      const classes = [...element.classList].map((name) => `.${name}`).join('');
      return `<${element.localName}${id}${classes}>`;
    };
    const add = (text: string | null, element: Element, part: string) => {
      const words = (text ?? '').replace(/\s+/g, ' ').trim();
      if (words !== '') pieces.push({ text: words, lang: langOf(element), where: nameOf(element) + part });
    };

    for (const element of document.querySelectorAll('*')) {
      if (unread.has(element.tagName)) continue;
      for (const name of spokenAttributes) add(element.getAttribute(name), element, ` ${name}`);
      const button =
        element instanceof HTMLInputElement && ['submit', 'button', 'reset'].includes(element.type);
      if (button) add(element.value, element, ' value');
      for (const node of element.childNodes)
        if (node.nodeType === Node.TEXT_NODE) add(node.nodeValue, element, '');
    }
    return pieces;
  });
}

/**
 * The languages of a page: (a) the page declares kk, ru or en; (b) letters that only Kazakh has stand only
 * where lang is kk; (c) Russian sentences stand only where lang is ru; (d) no word mixes Latin and Cyrillic
 * letters, which look alike and are read aloud as rubbish. Looks at texts and at spoken attributes.
 * @returns one line per defect, empty when there is none
 */
export async function checkLanguages(page: Page, options: LanguageOptions = {}): Promise<string[]> {
  const declared = (await page.locator('html').getAttribute('lang')) ?? '';
  const allowed = options.expected === undefined ? ['kk', 'ru', 'en'] : [options.expected];
  const defects: string[] = [];
  if (!allowed.includes(declared)) {
    defects.push(`(a) <html lang="${declared}"> where ${allowed.join(', ')} is expected`);
  }

  for (const { text, lang, where } of await readTexts(page)) {
    const language = lang.toLowerCase().split('-')[0];
    const shown = `«${text.slice(0, 80)}» in ${where}, lang="${lang}"`;
    if (kazakhLetters.test(text) && language !== 'kk')
      defects.push(`(b) Kazakh letters outside lang="kk": ${shown}`);

    const words = text.match(/[\p{L}\p{M}]+/gu) ?? [];
    const russian = words.filter((word) => russianWords.has(word.toLowerCase()));
    if (russian.length > 0 && !kazakhLetters.test(text) && language !== 'ru') {
      defects.push(`(c) Russian (${russian.join(', ')}) outside lang="ru": ${shown}`);
    }
    const mixed = words.filter(
      (word) => mixedScripts.test(word) && !(options.allowedWords ?? []).includes(word),
    );
    if (mixed.length > 0)
      defects.push(`(d) Latin and Cyrillic letters in one word (${mixed.join(', ')}): ${shown}`);
  }
  return defects;
}
