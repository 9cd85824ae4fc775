/**
 * Words by their sound, whatever they are written with: letter case, ё and е, Kazakh and Russian letters, Latin letters by any of the
 * usual transliterations and letters of one alphabet that look like those of the other all give one key. Doubled letters count once.
 */

const CYRILLIC: Record<string, string> = {
  а: 'a', ә: 'a', б: 'b', в: 'v', г: 'g', ғ: 'g', д: 'd', е: 'e', ё: 'e', э: 'e', є: 'e', ж: 'J', з: 'z', и: 'i', і: 'i', ї: 'i', й: 'i',
  ы: 'i', к: 'k', қ: 'k', л: 'l', м: 'm', н: 'n', ң: 'n', о: 'o', ө: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ұ: 'u', ү: 'u',
  ў: 'u', ф: 'f', х: 'h', һ: 'h', ц: 'ts', ч: 'C', ш: 'S', щ: 'S', ъ: '', ь: '', ю: 'iu', я: 'ia',
}; // prettier-ignore

/** Longest first. */
const LATIN: readonly (readonly [string, string])[] = [
  ['shch', 'S'], ['sch', 'S'], ['dzh', 'J'], ['sh', 'S'], ['ch', 'C'], ['zh', 'J'], ['kh', 'h'], ['gh', 'g'], ['ts', 'ts'], ['tz', 'ts'],
  ['ye', 'e'], ['yo', 'e'], ['yu', 'iu'], ['ya', 'ia'], ['a', 'a'], ['b', 'b'], ['c', 's'], ['d', 'd'], ['e', 'e'], ['f', 'f'], ['g', 'g'],
  ['h', 'h'], ['i', 'i'], ['j', 'J'], ['k', 'k'], ['l', 'l'], ['m', 'm'], ['n', 'n'], ['o', 'o'], ['p', 'p'], ['q', 'k'], ['r', 'r'],
  ['s', 's'], ['t', 't'], ['u', 'u'], ['v', 'v'], ['w', 'u'], ['x', 'h'], ['y', 'i'], ['z', 'z'],
]; // prettier-ignore

/** Latin letters, and digits, that are drawn like Cyrillic ones. */
const LOOKS_CYRILLIC: Record<string, string> = {
  a: 'а', b: 'в', c: 'с', e: 'е', h: 'н', i: 'і', k: 'к', m: 'м', n: 'п', o: 'о', p: 'р', r: 'г', s: 'ѕ', t: 'т', u: 'и', x: 'х', y: 'у',
  '0': 'о', '1': 'і', '3': 'з', '4': 'ч', '6': 'б', '8': 'в',
}; // prettier-ignore

/** Marks on Latin letters that make another sound. */
const MARKED: Record<string, string> = {
  ş: 'sh',
  š: 'sh',
  ç: 'ch',
  č: 'ch',
  ž: 'zh',
  ı: 'i',
  ß: 'ss',
  đ: 'd',
};

const IS_CYRILLIC = /\p{Script=Cyrillic}/u;
const IS_LATIN = /\p{Script=Latin}/u;

/** One word of a text: where it stands and how it sounds. Words of look-alike letters sound in two ways. */
export interface Word {
  start: number;
  end: number;
  text: string;
  keys: readonly string[];
  capital: boolean;
}

const WORD = /\p{L}[\p{L}\p{M}\d'’ʼ`]*/gu;

/** Words of a text in their order; digits count as letters when they stand inside or behind letters. */
export function wordsOf(text: string): Word[] {
  return Array.from(text.matchAll(WORD), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
    text: match[0],
    keys: soundKeys(match[0]),
    capital: /^\p{Lu}/u.test(match[0]),
  }));
}

/** How a word sounds: its key, and a second one when its letters may have been meant for those of the other alphabet. */
export function soundKeys(word: string): readonly string[] {
  const known = KEYS.get(word);
  if (known) return known;
  const lower = word.toLowerCase();
  const keys = new Set<string>();
  const cyrillic = IS_CYRILLIC.test(lower);
  const latin = IS_LATIN.test(lower);
  if (cyrillic) {
    keys.add(ofCyrillic(lower));
    // Half transliterated: each stretch by its own alphabet.
    if (latin)
      keys.add(
        once(
          lower.replace(/\p{Script=Latin}+|[^\p{Script=Latin}]+/gu, (part) =>
            IS_LATIN.test(part) ? ofLatin(part) : ofCyrillic(part),
          ),
        ),
      );
  } else if (latin) {
    for (const key of latinKeys(lower)) keys.add(key);
    const looks = [...lower].map((letter) => LOOKS_CYRILLIC[letter]);
    if (looks.every((letter) => letter !== undefined)) keys.add(ofCyrillic(looks.join('')));
  }
  keys.delete('');
  const list = [...keys];
  if (KEYS.size > 50_000) KEYS.clear();
  KEYS.set(word, list);
  return list;
}
const KEYS = new Map<string, readonly string[]>();

/** The one key of a name as it is written properly. */
export function soundKey(name: string): string {
  return wordsOf(name)
    .map((word) => word.keys[0] ?? '')
    .join('');
}

function ofCyrillic(lower: string): string {
  let key = '';
  for (const letter of lower)
    key += CYRILLIC[letter] ?? CYRILLIC[LOOKS_CYRILLIC[letter] ?? ''] ?? latinLetter(letter);
  return once(key);
}

/** Pairs that may be one letter or two: `Patshayev` has т and ш, `Mayer` й and е. */
const TORN_APART: readonly (readonly string[])[] = [[], ['ts', 'tz'], ['ye', 'yo'], ['ts', 'tz', 'ye', 'yo']];

/** The sounds a Latin word may have, by how its pairs of letters are read. */
function latinKeys(lower: string): string[] {
  return TORN_APART.filter((pairs) => pairs.length === 0 || pairs.some((pair) => lower.includes(pair))).map(
    (pairs) => ofLatin(lower, pairs),
  );
}

function ofLatin(lower: string, torn: readonly string[] = []): string {
  const plain = [...lower]
    .map((letter) => MARKED[letter] ?? letter.normalize('NFD').replace(/\p{M}/gu, ''))
    .join('');
  let key = '';
  for (let at = 0; at < plain.length;) {
    const found = LATIN.find(([letters]) => plain.startsWith(letters, at) && !torn.includes(letters));
    const digit = LOOKS_CYRILLIC[plain[at] ?? ''];
    key += found ? found[1] : digit ? (CYRILLIC[digit] ?? '') : '';
    at += found ? found[0].length : 1;
  }
  return once(key);
}

function latinLetter(letter: string): string {
  return LATIN.find(([letters]) => letters === letter)?.[1] ?? '';
}

function once(key: string): string {
  return key.replace(/(.)\1+/g, '$1');
}
