import i18next, { type i18n } from 'i18next';
import { endTimes } from './kazakh-times.ts';
import { TEXT_LANGUAGES, type TextLanguage } from './language.ts';
import { NAMESPACES, RESOURCES } from './resources.ts';

/** What a text may be filled with. A `count` also chooses the plural form. */
export type TextParams = Record<string, string | number>;
/** Gives the words of a key such as `queue:refusal.time-taken` in one language. */
export type Translator = (key: string, params?: TextParams) => string;
/** Hears of a key that has no words in a language. */
export type MissingTextHandler = (language: TextLanguage, key: string) => void;

let onMissingText: MissingTextHandler | undefined;

/**
 * Chooses what a missing text does. Without a handler (development, tests) it throws, so that nobody ships a hole;
 * with one (production) the handler hears of it and the person reads the Kazakh or Russian text instead.
 */
export function handleMissingText(handler: MissingTextHandler | undefined): void {
  onMissingText = handler;
}

function createInstance(language: TextLanguage): i18n {
  const instance = i18next.createInstance();
  void instance.init({
    lng: language,
    fallbackLng: ['kk', 'ru'],
    resources: RESOURCES,
    ns: NAMESPACES,
    defaultNS: 'common',
    initAsync: false,
    interpolation: { escapeValue: false, skipOnVariables: true },
    missingInterpolationHandler: (text: string, value: readonly string[]) => {
      if (!onMissingText) throw new Error(`Text without a value for ${value[1]}: ${text}`);
      return '';
    },
  });
  return instance;
}

const REMEMBERED_COUNTS = 100;

/**
 * Under which name a text is remembered: texts without values and small counts, which pages repeat a hundred times.
 * Values such as names and dates are never remembered.
 */
function memoryKey(key: string, params: TextParams | undefined): string | undefined {
  if (!params) return key;
  const count = params.count;
  const onlyCount = typeof count === 'number' && Object.keys(params).length === 1;
  return onlyCount && Number.isInteger(count) && count >= 0 && count < REMEMBERED_COUNTS
    ? `${key}#${count}`
    : undefined;
}

function createTranslator(language: TextLanguage): { instance: i18n; translate: Translator } {
  const instance = createInstance(language);
  const known = new Map<string, string>();
  const translate: Translator = (key, params) => {
    const memory = memoryKey(key, params);
    const remembered = memory === undefined ? undefined : known.get(memory);
    if (remembered !== undefined) return remembered;
    if (!instance.exists(key, { ...params, lng: language, fallbackLng: [] })) {
      if (!onMissingText) throw new Error(`No ${language} text for ${key}`);
      onMissingText(language, key);
      return instance.t(key, params ?? {});
    }
    const filled = instance.t(key, params ?? {});
    const text = language === 'kk' && params ? endTimes(filled) : filled;
    if (memory !== undefined) known.set(memory, text);
    return text;
  };
  return { instance, translate };
}

const created = new Map<TextLanguage, ReturnType<typeof createTranslator>>();

function inLanguage(language: TextLanguage): ReturnType<typeof createTranslator> {
  let known = created.get(language);
  if (!known) created.set(language, (known = createTranslator(language)));
  return known;
}

/** The translator of a language. Built once per language and process: building costs more than a thousand texts. */
export function translator(language: TextLanguage): Translator {
  return inLanguage(language).translate;
}

/** A text with its places still open (`{{date}}`), for showing what it will be filled with. A text that is not there is thrown. */
export function textWithPlaces(language: TextLanguage, key: string): string {
  const [namespace = '', path = ''] = key.split(':');
  const text: unknown = inLanguage(language).instance.getResource(language, namespace, path);
  if (typeof text !== 'string') throw new Error(`No ${language} text for ${key}`);
  return text;
}

/** Whether a key has words of its own in a language, without falling back to another one. */
export function hasKey(language: TextLanguage, key: string): boolean {
  return inLanguage(language).instance.exists(key, { lng: language, fallbackLng: [], count: 1 });
}

/** One text in all three languages, for answers that carry them all. */
export function inAllLanguages(key: string, params?: TextParams): Record<TextLanguage, string> {
  const texts = TEXT_LANGUAGES.map((language) => [language, translator(language)(key, params)] as const);
  return Object.fromEntries(texts) as Record<TextLanguage, string>;
}
