import type { Language } from '@mse/domain/shared';

const KAZAKH = /[әғқңөұүһі]/iu;
const CYRILLIC = /\p{Script=Cyrillic}/u;

/**
 * The language a screen reader should speak the title of a legal act in; undefined when it is the page's own. A sentence in
 * Kazakh always has Kazakh letters, so one in Cyrillic without them is Russian. Without Cyrillic nothing is known.
 */
export function languageOfAct(text: string, page: Language): Language | undefined {
  if (!CYRILLIC.test(text)) return undefined;
  const language = KAZAKH.test(text) ? 'kk' : 'ru';
  return language === page ? undefined : language;
}
