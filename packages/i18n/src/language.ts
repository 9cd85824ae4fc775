/** Languages of the service, the state language first. The same list as in the domain; a test holds them equal. */
export const TEXT_LANGUAGES = ['kk', 'ru', 'en'] as const;
export type TextLanguage = (typeof TEXT_LANGUAGES)[number];
