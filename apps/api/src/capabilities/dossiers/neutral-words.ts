import { IDENTITY_KINDS, type NeutralWords, type SayCode } from '@mse/domain/dossiers';
import { hasKey, translator } from '@mse/i18n';

/** Words that take the place of identity, in the language of the text around them. */
export const NEUTRAL_WORDS: Record<'kk' | 'ru', NeutralWords> = { kk: wordsIn('kk'), ru: wordsIn('ru') };

function wordsIn(language: 'kk' | 'ru'): NeutralWords {
  const say = translator(language);
  return Object.fromEntries(
    IDENTITY_KINDS.map((kind) => [kind, say(`dossiers:neutral.${kind}`)]),
  ) as NeutralWords;
}

/** Codes of the form in words of the language in which the form is filled in. */
export function codesIn(language: 'kk' | 'ru'): SayCode {
  const say = translator(language);
  return (kind, code) => {
    const key = `dossiers:${kind}.${code}`;
    return /^[a-z0-9-]{1,40}$/.test(code) && hasKey(language, key) ? say(key) : null;
  };
}
