/** Languages of the service; the state language comes first everywhere. */
export const LANGUAGES = ['kk', 'ru', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** A text in the three languages. */
export type Trilingual = Record<Language, string>;

/** Tells whether a text names one of the service's languages. */
export function isLanguage(text: string): text is Language {
  return (LANGUAGES as readonly string[]).includes(text);
}
