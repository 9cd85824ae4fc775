import type { Word } from './sound-key.ts';
import { soundKey } from './sound-key.ts';

/** What kind of identity a passage is; it decides the neutral word that takes its place. */
export const IDENTITY_KINDS = [
  'patient',
  'representative',
  'relative',
  'doctor',
  'person',
  'place',
  'organisation',
  'address',
  'birth-date',
  'number',
  'phone',
  'contact',
] as const;
export type IdentityKind = (typeof IDENTITY_KINDS)[number];

/** A passage of a text that must not reach an expert. */
export interface Span {
  start: number;
  end: number;
  kind: IdentityKind;
}

/** A known word or run of words by its stem: what stays the same in all its forms. */
export interface Stem {
  stem: string;
  kind: IdentityKind;
  /** `always`: in any letter case. `capital`: only with a capital letter, because it is an ordinary word too or very short. */
  when: 'always' | 'capital';
  /** The letters that vary may be any, not only those of a known ending. */
  free: boolean;
}

const PLURAL = '(?:[ldt]ik)?(?:[ldt][ae]r)?';
const OWNED = '(?:i|si|im|in|imiz|iniz|miz|niz|m|n|lari|leri)?';
const CASE =
  '(?:nin|din|tin|in|ga|ge|ka|ke|na|ne|a|e|ni|di|ti|i|n|da|de|ta|te|nda|nde|dan|den|tan|ten|nan|nen|ndan|nden|men|ben|pen|niki|diki|tiki|dai|dei|tai|tei|Sa|Se)?';
const KAZAKH = `${PLURAL}${OWNED}${CASE}(?:gi|ki|min|sin|miz|siz)?`;
const RUSSIAN =
  '(?:a|ia|u|iu|e|i|o|oi|ei|oiu|eiu|om|em|im|iem|ogo|ego|omu|emu|ih|imi|am|iam|ami|iami|ah|iah|ov|ev|aia|uiu|oe|ie|iei|in|ina|ini|inoi|inu|inim)';
/** What makes a surname, a patronymic or an adjective of a name; nothing is left out because of a wrong guess here, words only match more. */
const DERIVED = '(?:ov|ev|in|ova|eva|ina|ovi[Cc]|eviC|oviC|ovn|evn|uli|kizi|tegi|sk|insk|ovsk|evsk)';
const ENDING = new RegExp(`^(?:${KAZAKH}|${RUSSIAN}|${DERIVED}(?:${KAZAKH}|${RUSSIAN}))$`);

/** Whether letters behind a stem are an ending of Kazakh or Russian. */
export function isEnding(rest: string): boolean {
  // The vowel a stem was cut by may still be there: Ақмола, Ақмоладан.
  return rest === '' || ENDING.test(rest) || (/^[aeiou]/.test(rest) && ENDING.test(rest.slice(1)));
}

/** Endings that make a surname or patronymic of another name. */
const SURNAME_END =
  /(?:ович|евич|ұлы|қызы|улы|кызы|тегі|овна|евна|ична|овская|евская|овский|евский|ский|ская|ова|ева|ёва|ина|ов|ев|ёв|ин|ovich|evich|uly|kyzy|ovna|evna|ova|eva|ov|ev)$/iu;

/** The stems of one part of a person's name. */
export function nameStems(part: string, kind: IdentityKind): Stem[] {
  return part.split(/[\s-]+/).flatMap((word) => {
    const key = soundKey(word);
    if (key.length < 2) return [];
    const roots = new Set([key, soundKey(word.replace(SURNAME_END, ''))]);
    const stems = new Set<string>();
    for (const root of roots) {
      // A root of three letters is a name only when the whole word is.
      if (root !== key && root.length < 4) continue;
      const bare = root.length > 3 ? root.replace(/[aeiou]$/, '') : root;
      const stem = bare.length >= 3 ? bare : root;
      stems.add(stem);
      // A fleeting vowel: Павел, Павла; Лев, Льва.
      const fleeting = /^(.+)[eo]([^aeiou])$/.exec(stem);
      if (fleeting) stems.add(`${fleeting[1]}${fleeting[2]}`);
      // Серік, Серігі: the last letter may soften.
      if (stem.length >= 4 && stem.endsWith('k')) stems.add(`${stem.slice(0, -1)}g`);
      if (stem.length >= 4 && stem.endsWith('p')) stems.add(`${stem.slice(0, -1)}b`);
    }
    return [...stems].map((stem): Stem => ({
      stem,
      kind,
      when: stem.length < 3 || ORDINARY.has(stem) || ORDINARY.has(key) ? 'capital' : 'always',
      free: stem.length >= 6,
    }));
  });
}

/** Words of every day that are names as well, by sound: they count as a name with a capital letter only. */
const ORDINARY = new Set(
  ['ли', 'сон', 'хан', 'ким', 'тен', 'пак', 'кан', 'ан', 'ни', 'но', 'вера', 'вер', 'надежда', 'надежд', 'любовь', 'любов', 'роза', 'роз',
   'лев', 'болат', 'арман', 'жан', 'ер', 'бек', 'гүл', 'нұр', 'ай', 'күн', 'сау', 'асыл', 'ақыл', 'бақыт', 'дос', 'ержет', 'темір', 'мир', 'слав', 'слава'].map(soundKey),
); // prettier-ignore

/** Words that say what kind of place a name belongs to; they are no part of the name. */
const PLACE_CLASS =
  /(?:^|\s)(?:облысы|облыс|ауданы|аудан|қаласы|қала|ауылы|ауыл|кенті|кент|ауылдық округі|округі|область|района?|город|гор|г|с|село|аул|посёлок|поселок|пос|сельский округ|округ|region|district|city|village|akimat)(?=$|\s|\.)\.?/giu;

/** A place and how surely its name means the place. `sure`: regions, cities and the person's own places. */
export interface KnownPlace {
  name: string;
  sure: boolean;
}

/** Ordinary words that are names of villages too, by sound: they count beside a word for a kind of place only. */
const ORDINARY_PLACES = new Set(
  ['еңбек', 'достық', 'бірлік', 'береке', 'жаңа', 'орта', 'қызыл', 'тас', 'ақ', 'қара', 'сары', 'ынтымақ', 'талап', 'мектеп', 'дала', 'тау', 'көл', 'өзен',
   'жол', 'бастау', 'бұлақ', 'арна', 'арай', 'нұр', 'шұғыла', 'алғабас', 'мир', 'труд', 'восток', 'центр', 'победа', 'правда', 'дружба', 'октябрь',
   'новый', 'новая', 'степное', 'степной', 'лесной', 'лесное', 'красный', 'зеленый', 'рассвет', 'заря', 'тың', 'жастар', 'отан', 'еркін', 'келес'].map(soundKey),
); // prettier-ignore

/** The stem of a place's name; none for what is no name. */
export function placeStems(place: KnownPlace): Stem[] {
  const bare = place.name.replace(PLACE_CLASS, ' ').trim();
  const key = soundKey(bare);
  if (key.length < 3) return [];
  // Акмолинская: the adjective is cut back to what the noun shares with it.
  const cut = key.replace(/(?:insk|sk)(?:ai?a?|i|oi|oe)$/, '');
  const stem = (cut.length >= 4 ? cut : key).replace(/(?<=.{4})[aeiou]$/, '');
  const ordinary = ORDINARY_PLACES.has(key) || stem.length < 4;
  return [
    {
      stem,
      kind: 'place',
      when: place.sure && !ordinary ? 'always' : 'capital',
      free: stem.length >= 6 && place.sure,
    },
  ];
}

const ORDINARY_PLACE_STEMS = new Set(
  [...ORDINARY_PLACES].flatMap((word) => [word, word.replace(/(?<=.{4})[aeiou]$/, '')]),
);

/** Whether a name of a place is an ordinary word as well. */
export function isOrdinaryPlace(stem: string): boolean {
  return ORDINARY_PLACE_STEMS.has(stem);
}

/** Stems by their first letters, so that a text is compared with thousands of places at the price of a few. */
export type StemIndex = ReadonlyMap<string, readonly Stem[]>;
const FIRST = 3;

/** Groups stems for `findStems`. */
export function indexStems(stems: readonly Stem[]): StemIndex {
  const index = new Map<string, Stem[]>();
  for (const stem of stems) {
    const first = stem.stem.slice(0, FIRST);
    const list = index.get(first);
    if (!list) index.set(first, [stem]);
    else if (!list.some((other) => other.stem === stem.stem && other.kind === stem.kind)) list.push(stem);
  }
  return index;
}

/** Stems that may begin a key. */
function candidates(index: StemIndex, key: string): readonly Stem[] {
  const long = index.get(key.slice(0, FIRST)) ?? [];
  const short = index.get(key.slice(0, FIRST - 1));
  return short ? [...long, ...short] : long;
}

/** What may stand between the pieces of a word that was torn apart. */
const TORN = /^[\s\-‐-―_.·•/\\|~*]{0,4}$/u;
const MAX_PIECES = 16;

/**
 * Every passage whose sound is a known stem with an ending: as one word, torn apart by spaces, dashes or line ends, or inside
 * a longer word.
 */
export function findStems(text: string, words: readonly Word[], indexes: readonly StemIndex[]): Span[] {
  const spans: Span[] = [];
  for (let first = 0; first < words.length; first += 1) {
    const word = words[first] as Word;
    for (const key of word.keys) {
      for (const index of indexes) {
        for (const stem of candidates(index, key)) {
          if (
            key.startsWith(stem.stem) &&
            fits(stem, key.slice(stem.stem.length)) &&
            allowed(stem, word, words, first, text)
          )
            spans.push({ start: word.start, end: word.end, kind: stem.kind });
        }
        if (key.length >= 7) spans.push(...inside(word, key, index));
      }
    }
    spans.push(...torn(text, words, first, indexes));
  }
  return spans;
}

function fits(stem: Stem, rest: string): boolean {
  return isEnding(rest) || (stem.free && rest.length <= 12);
}

/** Words of the family, which sound like the town of Semey. */
const FAMILY = /^(?:семь(?:я|и|е|ю|[её]й|[её]ю|ями|ях|ям)|семейн\p{L}*)$/iu;

function allowed(stem: Stem, word: Word, words: readonly Word[], at: number, text: string): boolean {
  if (stem.kind === 'place' && FAMILY.test(word.text)) return false;
  if (stem.kind === 'place' && isOrdinaryPlace(stem.stem))
    return word.capital && besidePlaceClass(words, at, text);
  return stem.when === 'always' || word.capital;
}

/** Words that stand before or behind the name of a place and say what it is. */
const BESIDE_PLACE =
  /^(?:облыс\p{L}*|аудан\p{L}*|қала\p{L}*|ауыл\p{L}*|кент\p{L}*|округ\p{L}*|област\p{L}*|район\p{L}*|город\p{L}*|г|гор|с|сел\p{L}*|аул\p{L}*|пос[её]л\p{L}*|пос|қ|а)$/iu;

function besidePlaceClass(words: readonly Word[], at: number, text: string): boolean {
  const [before, here, after] = [words[at - 1], words[at], words[at + 1]];
  if (!here) return false;
  const near = (from: number, to: number) => /^[\s.«"]{0,3}$/u.test(text.slice(from, to));
  return (
    (before !== undefined && BESIDE_PLACE.test(before.text) && near(before.end, here.start)) ||
    (after !== undefined && BESIDE_PLACE.test(after.text) && near(here.end, after.start))
  );
}

/** Stems of six letters and more within a longer word: names grown together with others or with digits. */
function inside(word: Word, key: string, index: StemIndex): Span[] {
  for (let at = 1; at + 6 <= key.length; at += 1)
    for (const stem of index.get(key.slice(at, at + FIRST)) ?? [])
      if (
        stem.stem.length >= 6 &&
        stem.when === 'always' &&
        stem.kind !== 'place' &&
        key.startsWith(stem.stem, at)
      )
        return [{ start: word.start, end: word.end, kind: stem.kind }];
  return [];
}

function torn(text: string, words: readonly Word[], first: number, indexes: readonly StemIndex[]): Span[] {
  const spans: Span[] = [];
  let joined = (words[first] as Word).keys[0] ?? '';
  let single = (words[first] as Word).text.length === 1;
  for (let last = first + 1; last < words.length && last - first < MAX_PIECES; last += 1) {
    const [before, word] = [words[last - 1] as Word, words[last] as Word];
    if (!TORN.test(text.slice(before.end, word.start))) break;
    const pieces = joined.length;
    joined = (joined + (word.keys[0] ?? '')).replace(/(.)\1+/g, '$1');
    single &&= word.text.length === 1;
    if (joined.length < FIRST) continue;
    if (joined.length > 48) break;
    for (const index of indexes)
      for (const stem of index.get(joined.slice(0, FIRST)) ?? []) {
        // The last piece must be needed, else the word before it was the name.
        if (stem.stem.length <= pieces || !joined.startsWith(stem.stem)) continue;
        const long = stem.stem.length >= 5 || (single && last - first >= 2);
        if (!long || !fits({ ...stem, free: stem.stem.length >= 6 }, joined.slice(stem.stem.length)))
          continue;
        if (stem.when === 'capital' && !(words[first] as Word).capital) continue;
        spans.push({
          start: (words[first] as Word).start,
          end: endOfTorn(text, words, last, single),
          kind: stem.kind,
        });
      }
  }
  return spans;
}

/** The letters of an ending that was torn off go with the word. */
function endOfTorn(text: string, words: readonly Word[], last: number, single: boolean): number {
  let at = last;
  while (single) {
    const [here, next] = [words[at] as Word, words[at + 1]];
    if (
      !next ||
      next.text.length > 1 ||
      !TORN.test(text.slice(here.end, next.start)) ||
      text.slice(here.end, next.start).includes('\n')
    )
      break;
    at += 1;
  }
  return (words[at] as Word).end;
}
