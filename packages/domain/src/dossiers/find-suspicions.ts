import { findDates } from './blur-dates.ts';
import { type Word, wordsOf } from './sound-key.ts';
import type { Suspicion } from './suspicion.ts';
import { EPONYMS, EPONYM_CUES, isGivenName, PERSON_CUES } from './vocabulary.ts';

/**
 * What in a text looks like identity to somebody who knows nothing of the case: shapes of names, numbers, contacts, places and
 * organisations. Deliberately another way of looking than that of `findIdentity`, and rather too strict than too mild.
 */
export function findSuspicions(text: string): Suspicion[] {
  const found = new Set<Suspicion>();
  for (const [suspicion, shapes] of Object.entries(SHAPES) as [Suspicion, readonly RegExp[]][])
    if (shapes.some((shape) => shape.test(text))) found.add(suspicion);
  if (findDates(text).length > 0) found.add('date');
  const words = wordsOf(text);
  if (words.some((word, at) => isNameLike(text, words, at, word))) found.add('name');
  if (words.some((word) => isMixed(word.text))) found.add('mixed-script');
  return [...found];
}

const SHAPES: Partial<Record<Suspicion, readonly RegExp[]>> = {
  initials: [
    /(?<!\p{L})\p{Lu}\.\s?\p{Lu}\.(?!\p{Ll})/u,
    /\p{Lu}\p{Ll}{2,40}?(?:ов|ев|ин|ова|ева|ина|ий|ая|ко|ұлы|қызы)\s\p{Lu}\.?(?!\p{L})/u,
  ],
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
    /(?<!\p{L})(?:г|гор|с|пос|аул|қ|к)\. ?\p{Lu}\p{Ll}{2,}/u,
    /(?<!\p{L})(?:город\p{L}{0,3}|сел[оеау]|аул\p{L}{0,2}|пос[её]лк?\p{L}{0,2}|станци\p{L}|облыс|из|жив[её]т в|прожива\p{L}+ в|родил\p{L}+ в) \p{Lu}\p{Ll}{2,}/u,
    /\p{Lu}\p{Ll}{2,40}\s(?:област\p{L}|район\p{L}*|облыс\p{L}*|аудан\p{L}*|ауыл\p{L}*|қалас\p{L}*|кент\p{L}*|сельск\p{L}*\sокруг)/u,
    /(?<!\p{L})(?:ул|пр-т|мкр|көш)\.\s?\p{Lu}|\p{Lu}\p{Ll}+\s(?:көшесі|даңғылы)/u,
  ],
  organisation: [
    /[«"“„]\s?\p{Lu}[^»"”“\n]{2,80}[»"”“]/u,
    /(?<!\p{L})(?:ТОО|ЖШС|КГП|ГКП|РГП|КГУ|КММ|КМҚК)\s/u,
    /№\s?\d+\s(?:\p{L}+\s)?(?:емхана|аурухана|поликлиник|больниц|мектеп|школ|диспансер)/iu,
  ],
  encoded: [/(?<![A-Za-z\d+/=_-])(?=[A-Za-z\d+/_-]*\d)(?=[A-Za-z\d+/_-]*[A-Za-z])[A-Za-z\d+/_-]{20,}={0,2}/],
};

const NAME_END =
  /^\p{Lu}\p{L}{2,}(?:ов|ев|ёв|ова|ева|ёва|ову|еву|овой|евой|овым|евым|ский|ская|ского|ской|скому|енко|ұлы|қызы|улы|кызы)$/u;
const PATRONYMIC =
  /^\p{L}{2,}(?:ович|евич|овна|евна|овича|евича|овне|евне|овны|евны|овну|евну|ұлы|қызы|ұлының|қызының|ұлына|қызына)$/iu;
/** Words of medicine and of every day that end like surnames. */
const NOT_NAMES = new Set(
  ['слева', 'снова', 'основа', 'голова', 'готова', 'здорова', 'нова', 'крова', 'дрова', 'словa', 'слова', 'права', 'трава', 'сурова', 'нервов', 'суставов', 'основ', 'покров', 'анализов', 'органов', 'отделов',
   'позвонков', 'препаратов', 'приступов', 'симптомов', 'сосудов', 'эпизодов', 'лимфоузлов', 'лейкоцитов', 'эритроцитов', 'тромбоцитов', 'методов', 'курсов', 'часов', 'русский', 'русская', 'медицинский', 'медицинская', 'клинический', 'клиническая', 'детский', 'детская', 'женский', 'женская', 'мужской',
   'психиатрический', 'городской', 'городская', 'сельский', 'сельская', 'фобов', 'казахская', 'казахский', 'глазов', 'швов', 'зубов', 'рубцов', 'листов', 'норов', 'абдоминальный', 'шейного'],
); // prettier-ignore

const SENTENCE_START = /(?:^|[.!?…:;\n]|\]\s?[.:]?)[\s"«()–—•*\d.-]{0,12}$/u;

/** Whether a word is likely a name: by its ending, as a usual given name, beside another capitalised word, or behind a word for a person. */
function isNameLike(text: string, words: readonly Word[], at: number, word: Word): boolean {
  const lower = word.text.toLowerCase();
  if (PATRONYMIC.test(word.text) && !NOT_NAMES.has(lower) && !PERSON_CUES.test(lower)) return true;
  if (PERSON_CUES.test(lower)) return false;
  if (!word.capital || word.text.length < 3 || NOT_NAMES.has(lower)) return false;
  const [before, after] = [words[at - 1], words[at + 1]];
  const gap = before ? text.slice(before.end, word.start) : '';
  const eponym =
    EPONYMS.some((stem) => lower.startsWith(stem)) ||
    (before !== undefined && /^[\s-]{1,2}$/.test(gap) && EPONYM_CUES.test(before.text)) ||
    (after !== undefined && EPONYM_CUES.test(after.text));
  if (eponym) return false;
  const shaped = word.text.length >= 4 && word.text !== word.text.toUpperCase();
  const name = shaped ? word.text : word.text[0] + word.text.slice(1).toLowerCase();
  if (NAME_END.test(name) && word.text.length >= 5) return true;
  if (isGivenName(word)) return true;
  if (!shaped) return false;
  if (
    before &&
    PERSON_CUES.test(before.text) &&
    /^[\s:–—-]{1,3}$/.test(gap) &&
    !gap.includes('\n') &&
    !isHeading(text, word)
  )
    return true;
  const started = SENTENCE_START.test(text.slice(Math.max(0, word.start - 24), word.start));
  const pair =
    after !== undefined &&
    after.capital &&
    after.text.length >= 3 &&
    after.text !== after.text.toUpperCase() &&
    /^[ -]$/.test(text.slice(word.end, after.start));
  return pair && !started;
}

/** `Диагноз:` behind a word for a person begins something else. */
function isHeading(text: string, word: Word): boolean {
  return /^\s?:/.test(text.slice(word.end));
}

/** Letters of two alphabets in one word. */
function isMixed(word: string): boolean {
  return word.length > 3 && /\p{Script=Latin}/u.test(word) && /\p{Script=Cyrillic}/u.test(word);
}
