import { page } from '$app/state';
import { isLanguage, type Language } from '@mse/domain/shared';
import { type Translator, translator } from '@mse/i18n';

/** Words and addresses of the page that is being written. */
export interface Texts {
  language: Language;
  t: Translator;
  /** Address of a page in this language: `to('/help')`. */
  to(path: string): string;
}

/** To be called while a component is created. */
export function useTexts(): Texts {
  const first = page.url.pathname.split('/')[1] ?? '';
  const fromData: unknown = page.data.language;
  const language = isLanguage(first)
    ? first
    : typeof fromData === 'string' && isLanguage(fromData)
      ? fromData
      : 'kk';
  return { language, t: translator(language), to: (path) => `/${language}${path}` };
}
