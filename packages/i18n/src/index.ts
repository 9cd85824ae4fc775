export { TEXT_LANGUAGES, type TextLanguage } from './language.ts';
export {
  handleMissingText,
  hasKey,
  inAllLanguages,
  type MissingTextHandler,
  textWithPlaces,
  type TextParams,
  translator,
  type Translator,
} from './translator.ts';
