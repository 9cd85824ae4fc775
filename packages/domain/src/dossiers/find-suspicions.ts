import { findDates } from './blur-dates.ts';
import { beginsRecord, isMedicalWord, isNameAndWord, isOrdinaryWord } from './ordinary-words.ts';
import { type Word, wordsOf } from './sound-key.ts';
import type { Suspicion } from './suspicion.ts';
import { EPONYMS, EPONYM_CUES, EPONYM_CUES_BEHIND, isGivenName, PERSON_CUES } from './vocabulary.ts';

/**
 * What in a text looks like identity to somebody who knows nothing of the case: shapes of names, numbers, contacts, places and
 * organisations. Deliberately another way of looking than that of `findIdentity`, and rather too strict than too mild.
 */
export function findSuspicions(text: string): Suspicion[] {
  const found = new Set<Suspicion>();
  for (const [suspicion, shapes] of Object.entries(SHAPES) as [Suspicion, readonly RegExp[]][])
    if (shapes.some((shape) => shape.test(text))) found.add(suspicion);
  // `Ким А.`, but not `Витамин А`.
  for (const [, name = ''] of text.matchAll(NAME_AND_INITIAL))
    if (!isOrdinaryWord({ text: name })) found.add('initials');
  if (findDates(text).length > 0) found.add('date');
  const words = wordsOf(text);
  if (words.some((word, at) => isNameLike(text, words, at, word))) found.add('name');
  if (words.some((word) => isMixed(word.text))) found.add('mixed-script');
  return [...found];
}

const SHAPES: Partial<Record<Suspicion, readonly RegExp[]>> = {
  initials: [/(?<!\p{L})\p{Lu}\.\s?\p{Lu}\.(?!\p{Ll})/u],
  number: [
    /\d{9,}/,
    /(?<!\d)\d{6}[\s-]\d{6}(?!\d)/,
    /(?:\+\s?7|(?<!\d)8)[\s(-]{1,3}\d{3}/,
    /(?<![\d.,])\d{3}[\s-]\d{3}[\s-]\d{2}[\s-]?\d{2}(?!\d)/,
    /(?<!\d)(?:\d{4}[\s-]){2,}\d{4}(?!\d)/,
    /(?<!\d)(?:\d[\s._-]){9,}\d(?!\d)/,
    /(?<!\p{L})(?:ИИН|ЖСН|БИН|БСН)[\s:№-]*\d/iu,
  ],
  contact: [/[\p{L}\d]\s?@\s?[\p{L}\d]/u, /https?:|www\.|(?<!\p{L})(?:t|wa)\.me\//iu],
  place: [
    // A year ends with the same letter: `в 2019 г. Проведена операция`.
    /(?<!\p{L}|(?:19|20)\d{2} ?)(?:г|гор|с|пос|аул|қ|к)\. ?\p{Lu}\p{Ll}{2,}/u,
    /(?<!\p{L})(?:город\p{L}{0,3}|сел[оеау]|аул\p{L}{0,2}|пос[её]лк?\p{L}{0,2}|станци\p{L}|облыс|из|жив[её]т в|прожива\p{L}+ в|родил\p{L}+ в) \p{Lu}\p{Ll}{2,}/u,
    /\p{Lu}\p{Ll}{2,40}(?:ая|ой|ую)\sобласт\p{L}|\p{Lu}\p{Ll}{2,40}\s(?:район\p{L}*|облыс\p{L}*|аудан\p{L}*|ауыл\p{L}*|қалас\p{L}*|кент\p{L}*|сельск\p{L}*\sокруг)/u,
    /(?<!\p{L})(?:ул|пр-т|мкр|көш)\.\s?\p{Lu}|\p{Lu}\p{Ll}+\s(?:көшесі|даңғылы)/u,
  ],
  organisation: [
    /[«"“„]\s?\p{Lu}[^»"”“\n]{2,80}[»"”“]/u,
    /(?<!\p{L})(?:ТОО|ЖШС|КГП|ГКП|РГП|КГУ|КММ|КМҚК)\s/u,
    /№\s?\d+\s(?:\p{L}+\s)?(?:емхана|аурухана|поликлиник|больниц|мектеп|школ|диспансер)/iu,
  ],
  encoded: [/(?<![A-Za-z\d+/=_-])(?=[A-Za-z\d+/_-]*\d)(?=[A-Za-z\d+/_-]*[A-Za-z])[A-Za-z\d+/_-]{20,}={0,2}/],
};

const NAME_AND_INITIAL =
  /(\p{Lu}\p{Ll}{2,40}?(?:ов|ев|ин|ова|ева|ина|ий|ая|ко|ұлы|қызы))\s\p{Lu}\.?(?!\p{L})/gu;
const NAME_END =
  /^\p{Lu}\p{L}{2,}(?:ов|ев|ёв|ова|ева|ёва|ову|еву|овой|евой|овым|евым|ский|ская|ского|ской|скому|енко|ұлы|қызы|улы|кызы)$/u;
const PATRONYMIC =
  /^\p{L}{2,}(?:ович|евич|овна|евна|овича|евича|овне|евне|овны|евны|овну|евну|ұлы|қызы|ұлының|қызының|ұлына|қызына)$/iu;
const SENTENCE_START = /(?:^|[.!?…:;\n]|\]\s?[.:]?)[\s"«()–—•*\d.-]{0,12}$/u;

/** Whether a word is likely a name: by its ending, as a usual given name, beside another capitalised word, or behind a word for a person. */
function isNameLike(text: string, words: readonly Word[], at: number, word: Word): boolean {
  const lower = word.text.toLowerCase();
  if (PERSON_CUES.test(lower)) return false;
  const started = SENTENCE_START.test(text.slice(Math.max(0, word.start - 24), word.start));
  const [before, after] = [words[at - 1], words[at + 1]];
  const gap = before ? text.slice(before.end, word.start) : '';
  const upper = word.text === word.text.toUpperCase();
  const behindCue =
    before !== undefined &&
    PERSON_CUES.test(before.text) &&
    /^[\s:–—-]{1,3}$/.test(gap) &&
    !gap.includes('\n');
  // A word of medicine that a surname may equal is that word only where a sentence begins.
  const ordinary =
    isMedicalWord(word) ||
    (isOrdinaryWord(word) && (!word.capital || upper || (started && !(behindCue && /ов|ев/.test(lower)))));
  if (PATRONYMIC.test(word.text) && !ordinary) return true;
  if (!word.capital || word.text.length < 2 || ordinary) return false;
  if (behindCue && !upper && !isHeading(text, word) && !(gap.includes(':') && beginsRecord(word)))
    return true;
  if (word.text.length < 3 || isEponym(text, words, at)) return false;
  const name = upper ? word.text[0] + word.text.slice(1).toLowerCase() : word.text;
  if (NAME_END.test(name) && word.text.length >= 5) return true;
  // `ANA`, `ИРА`: three letters alone are an abbreviation.
  if (upper && word.text.length <= 3) return false;
  if (isGivenName(word)) return !(started && isNameAndWord(word) && !after?.capital);
  if (upper || started) return false;
  // A capital letter in the middle of a sentence: `осмотрена Шмидт`, `(Ким)`. Names of medicines before a dose or in a row are written so too.
  const alone = /[\p{Ll}\d)] ?[ (]$/u.test(text.slice(Math.max(0, word.start - 3), word.start));
  if (alone && /^\p{Script=Cyrillic}/u.test(word.text) && !beginsRecord(word) && !isDose(text, word))
    return true;
  return (
    after !== undefined &&
    after.capital &&
    after.text.length >= 3 &&
    !isOrdinaryWord(after) &&
    after.text !== after.text.toUpperCase() &&
    /^[ -]$/.test(text.slice(word.end, after.start))
  );
}

/** `Актовегин 5 мл`, `Мексидол в/в`: a dose or a way to take it stands behind. */
function isDose(text: string, word: Word): boolean {
  return /^[®\s,]{0,3}(?:\d|по \d|в\/[вм]|п\/к|табл?\b|мг|мл|капс|капельно|инъекц)/iu.test(
    text.slice(word.end, word.end + 12),
  );
}

/**
 * `болезнь Шарко–Мари–Тута`, `Паркинсон ауруы`, `симптомы Россолимо и Жуковского`: names that name an illness, a sign or a scale. One that
 * medicine uses speaks for those it is joined to.
 */
function isEponym(text: string, words: readonly Word[], at: number): boolean {
  const usual = (word: Word | undefined) =>
    word !== undefined &&
    EPONYMS.some((stem) => word.text.toLowerCase().startsWith(stem) && word.text.length <= stem.length + 4);
  const joined = (left: number) => {
    const [one, two] = [words[left], words[left + 1]];
    return one !== undefined && two?.capital === true && /^[-‐-―]$/u.test(text.slice(one.end, two.start));
  };
  let first = at;
  let last = at;
  while (at - first < 3 && joined(first - 1) && words[first - 1]?.capital) first -= 1;
  while (last - at < 3 && joined(last)) last += 1;
  for (let index = first; index <= last; index += 1) if (usual(words[index])) return true;
  const [before, after] = [words[first - 1], words[last + 1]];
  if (before && EPONYM_CUES.test(before.text) && /^[\s‐-―-]{1,2}$/u.test(between(text, before, words[first])))
    return true;
  // `симптомы Россолимо и Жуковского`
  if (before && /^(?:и|мен|пен|және)$/iu.test(before.text) && usual(words[first - 2])) return true;
  return (
    after !== undefined &&
    EPONYM_CUES_BEHIND.test(after.text) &&
    /^\s$/.test(between(text, words[last], after))
  );
}

function between(text: string, left: Word | undefined, right: Word | undefined): string {
  return left && right ? text.slice(left.end, right.start) : '';
}

/** `Диагноз:` behind a word for a person begins something else. */
function isHeading(text: string, word: Word): boolean {
  return /^\s?:/.test(text.slice(word.end));
}

/** `IIIБ`, `T2N1M0`, `рТ3`: stages, which people write with letters of both alphabets. */
const STAGE =
  /^(?:[IVXІХ]{1,4}\p{L}?|[срcpyуaа]{0,2}[TТ][\dxXхХisIS]{1,2}\p{L}?(?:[NН][\dxXхХ]\p{L}?)?(?:[MМ][\dxXхХ]\p{L}?)?)$/u;

/** Letters of two alphabets in one word. */
function isMixed(word: string): boolean {
  return (
    word.length > 3 &&
    !STAGE.test(word) &&
    /\p{Script=Latin}/u.test(word) &&
    /\p{Script=Cyrillic}/u.test(word)
  );
}
