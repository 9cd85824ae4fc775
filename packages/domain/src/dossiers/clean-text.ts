import { wordsOf } from './sound-key.ts';

/**
 * A text in one spelling: composed letters, no invisible or control characters, ordinary spaces, and no Latin letter inside a Cyrillic
 * word or the reverse. What is searched and what is kept are made of the same characters, so nothing hides between them.
 */
export function cleanText(text: string): string {
  const plain = text
    .normalize('NFC')
    // Letters and digits in their plain form; № and powers of ten keep theirs.
    .replace(/[\p{L}\p{Nd}\p{Zs}]/gu, (character) => character.normalize('NFKC'))
    .replace(/\r\n?/g, '\n')
    .replace(/(?!\n|\t)\p{Cc}/gu, '')
    .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
    // A mark above a letter that makes no letter of an alphabet of ours: an accent.
    .replace(/(?<=\p{L})[\u0300-\u036f]+/gu, '')
    .replace(/[^\S\n]+/gu, ' ')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return withoutMixedWords(plain);
}

const TO_CYRILLIC: Record<string, string> = {
  a: 'а', b: 'в', c: 'с', e: 'е', h: 'һ', i: 'і', k: 'к', m: 'м', o: 'о', p: 'р', t: 'т', x: 'х', y: 'у', A: 'А', B: 'В', C: 'С', E: 'Е', H: 'Н', I: 'І', K: 'К',
  M: 'М', O: 'О', P: 'Р', T: 'Т', X: 'Х', Y: 'У',
}; // prettier-ignore
const TO_LATIN = Object.fromEntries(
  Object.entries(TO_CYRILLIC).map(([latin, cyrillic]) => [cyrillic, latin]),
);

/** Writes words of both alphabets in the one most of their letters are of, where every letter has a twin. */
function withoutMixedWords(text: string): string {
  let made = '';
  let done = 0;
  for (const word of wordsOf(text)) {
    const letters = [...word.text];
    const cyrillic = letters.filter((letter) => /\p{Script=Cyrillic}/u.test(letter)).length;
    const latin = letters.filter((letter) => /\p{Script=Latin}/u.test(letter)).length;
    if (cyrillic === 0 || latin === 0) continue;
    const twins = cyrillic >= latin ? TO_CYRILLIC : TO_LATIN;
    const foreign = cyrillic >= latin ? /\p{Script=Latin}/u : /\p{Script=Cyrillic}/u;
    if (!letters.every((letter) => !foreign.test(letter) || twins[letter] !== undefined)) continue;
    made +=
      text.slice(done, word.start) +
      letters.map((letter) => (foreign.test(letter) ? twins[letter] : letter)).join('');
    done = word.end;
  }
  return made + text.slice(done);
}
