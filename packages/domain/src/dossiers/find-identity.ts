import type { PlainDate } from '../shared/index.ts';
import type { KnownIdentity } from './identity.ts';
import { findStems, type Span, type StemIndex } from './known-words.ts';
import { MONTHS } from './months.ts';
import { type Word, wordsOf } from './sound-key.ts';

/** What a search works on: a clean text, its words, what is known of the case and the places of the country. */
export interface Search {
  text: string;
  words: readonly Word[];
  known: KnownIdentity;
  places: StemIndex;
}

type Finder = (search: Search) => Span[];

/** PX-04: the searches by kind; each stands alone, so that a test can take away one and see that the leak is noticed. */
export const FINDERS = {
  names: ({ text, words, known }) => withInitials(text, findStems(text, words, [known.stems])),
  initials: knownInitials,
  places: ({ text, words, places }) => findStems(text, words, [places]),
  numbers: knownNumbers,
  longNumbers: ({ text }) => allOf(text, LONG_NUMBER, 'number'),
  phones: ({ text }) => allOf(text, PHONE, 'phone'),
  contacts: ({ text }) => [...allOf(text, EMAIL, 'contact'), ...allOf(text, LINK, 'contact')],
  birthDates,
  addresses: ({ text }) => ADDRESS.flatMap((shape) => allOf(text, shape, 'address')),
  organisations: ({ text }) => ORGANISATION.flatMap((shape) => allOf(text, shape, 'organisation')),
  documents: ({ text }) => DOCUMENT.flatMap((shape) => allOf(text, shape, 'number')),
} as const satisfies Record<string, Finder>;
export type FinderName = keyof typeof FINDERS;
export const FINDER_NAMES = Object.keys(FINDERS) as FinderName[];

/** Passages of a clean text that say who or where somebody is, in their order, none overlapping. */
export function findIdentity(
  text: string,
  known: KnownIdentity,
  places: StemIndex,
  finders: readonly FinderName[] = FINDER_NAMES,
): Span[] {
  const search: Search = { text, words: wordsOf(text), known, places };
  return joined(
    text,
    finders.flatMap((name) => FINDERS[name](search)),
  );
}

/** Overlapping passages become one; the one that began first, or the longer, says what it was. Neighbours of one kind too. */
function joined(text: string, spans: readonly Span[]): Span[] {
  const sorted = spans
    .map((span) => withQuotes(text, span))
    .toSorted((left, right) => left.start - right.start || right.end - left.end);
  const result: Span[] = [];
  for (const span of sorted) {
    const last = result.at(-1);
    const between = last ? text.slice(last.end, span.start) : '';
    const neighbours =
      last !== undefined &&
      last.kind === span.kind &&
      span.start >= last.end &&
      /^[ .,«»"“”№-]{0,3}$/.test(between);
    if (last && (span.start < last.end || neighbours)) last.end = Math.max(last.end, span.end);
    else result.push({ ...span });
  }
  return result.map((span) => withQuotes(text, span));
}

/** Quotation marks around a passage go with it. */
function withQuotes(text: string, span: Span): Span {
  const quoted = /[«"“„]/.test(text[span.start - 1] ?? '') && /[»"”“]/.test(text[span.end] ?? '');
  return quoted ? { ...span, start: span.start - 1, end: span.end + 1 } : span;
}

function allOf(text: string, shape: RegExp, kind: Span['kind']): Span[] {
  return Array.from(text.matchAll(shape), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
    kind,
  }));
}

const INITIALS_BEFORE = /(?:\p{Lu}\s?\.\s?){1,3}$/u;
const INITIALS_AFTER = /^\s?(?:\p{Lu}\s?\.\s?){1,2}(?:\p{Lu}\.)?|^\s\p{Lu}(?=[\s,;)]|$)/u;

/** Initials beside a name belong to it. */
function withInitials(text: string, spans: readonly Span[]): Span[] {
  return spans.map((span) => {
    if (span.kind === 'place' || span.kind === 'organisation' || span.kind === 'address') return span;
    const before = INITIALS_BEFORE.exec(text.slice(Math.max(0, span.start - 12), span.start));
    const after = INITIALS_AFTER.exec(text.slice(span.end, span.end + 14));
    return {
      ...span,
      start: span.start - (before?.[0].length ?? 0),
      end: span.end + (after?.[0].trimEnd().length ?? 0),
    };
  });
}

/** Initials that are those of somebody known, standing alone. */
function knownInitials({ text, known }: Search): Span[] {
  return Array.from(text.matchAll(/(?<!\p{L})\p{Lu}\.\s?\p{Lu}\.(?:\s?\p{Lu}\.)?(?!\p{L})/gu)).flatMap(
    (match) => {
      const letters = match[0].replace(/[^\p{Lu}]/gu, '');
      const owner = known.initials.find((entry) => entry.letters === letters);
      return owner ? { start: match.index, end: match.index + match[0].length, kind: owner.kind } : [];
    },
  );
}

/** Digits, and letters that are drawn like them, with what may stand between. */
const DIGIT_RUN = /(?<![\p{L}\d])[\dOoОоЗзIlІі|](?:[\s\-‐-―().\\/_·№*]{0,3}[\dOoОоЗзIlІі|]){3,}/gu;
const DIGIT_OF: Record<string, string> = {
  O: '0',
  o: '0',
  О: '0',
  о: '0',
  З: '3',
  з: '3',
  I: '1',
  l: '1',
  І: '1',
  і: '1',
  '|': '1',
};

function knownNumbers({ text, known }: Search): Span[] {
  if (known.numbers.length === 0) return [];
  const spans: Span[] = [];
  for (const match of text.matchAll(DIGIT_RUN)) {
    const at: number[] = [];
    let digits = '';
    for (const [index, character] of [...match[0]].entries()) {
      const digit = /\d/.test(character) ? character : DIGIT_OF[character];
      if (digit === undefined) continue;
      digits += digit;
      at.push(match.index + index);
    }
    for (const number of known.numbers)
      for (
        let found = digits.indexOf(number.digits);
        found >= 0;
        found = digits.indexOf(number.digits, found + 1)
      ) {
        // A short number counts only as a whole.
        if (number.digits.length < 6 && digits.length !== number.digits.length) continue;
        const first = at[found] as number;
        const last = at[found + number.digits.length - 1] as number;
        const prefix =
          number.kind === 'phone'
            ? (/(?:\+?[78]|\+)[\s(-]{0,3}$/.exec(text.slice(Math.max(0, first - 6), first))?.[0].length ?? 0)
            : 0;
        spans.push({ start: first - prefix, end: last + 1, kind: number.kind });
      }
  }
  return spans;
}

/** Twelve digits are an ИИН or a БИН; nine and more in one piece are no measure of medicine. */
const LONG_NUMBER =
  /(?<!\d)(?:\d{9,}|\d{6}[\s-]\d{6}|(?:\d{4}[\s-]){2}\d{4}(?:[\s-]\d{4})?|(?:\d{3}[\s-]){3}\d{3}|(?:\d{2}[\s-]){5}\d{2}|(?:\d[\s.-]){11}\d)(?!\d)/g;

const PHONE =
  /(?<!\d)(?:(?:\+\s?7|8|7)[\s(.-]{0,3}7\d{2}[\s).-]{0,3}\d{3}[\s.-]{0,2}\d{2}[\s.-]{0,2}\d{2}|(?:\+\s?7|8)[\s(.-]{0,3}\d{3,5}[\s).-]{1,3}\d{1,3}(?:[\s.-]\d{2}){1,2}|(?:тел|телефон|ұялы|моб)\p{L}*[.:№\s]{1,4}[\d()+\s-]{5,18}\d)(?!\d)/giu;
const EMAIL =
  /(?<![\p{L}\d._%+-])[\p{L}\d._%+-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\p{L}\d-]+(?:\s?\.\s?[\p{L}\d-]+)+/giu;
const LINK =
  /(?:https?:\/\/|www\.|t\.me\/|wa\.me\/|instagram\.com\/|vk\.com\/)\S+|(?<![\p{L}\d])@[\p{L}\d._]{4,}/giu;

const YEAR_OF_BIRTH =
  /(?<!\d)(?:19|20)\d{2}\s?(?:-?\s?(?:г\.?\s?р\.?(?!\p{L})|года?\s+рожд\p{L}*|г\.\s?рожд\p{L}*|ж\.\s?т\.?(?!\p{L})|(?:ж\.|жыл\p{L}*)\s+(?:туған|туылған)))/giu;

/** Birth dates of the known people in any spelling, and years of birth. */
function birthDates({ text, known }: Search): Span[] {
  const spans = allOf(text, YEAR_OF_BIRTH, 'birth-date');
  for (const date of known.birthDates)
    for (const shape of spellings(date)) spans.push(...allOf(text, shape, 'birth-date'));
  return spans;
}

function spellings(date: PlainDate): RegExp[] {
  const [year, month, day] = date.split('-') as [string, string, string];
  const loose = (digits: string) => `0?${Number(digits)}`;
  const gap = '[\\s.,/\\\\\\-‐-―_]{1,3}';
  const words = MONTHS[Number(month) - 1]?.stems.map((stem) => `${stem}\\p{L}*`).join('|') ?? '';
  const shortYear = `(?:${year}|${year.slice(2)})`;
  const years = '(?:\\s?(?:жыл\\p{L}*|ж\\.|г\\.?|года?|г\\.\\s?р\\.?)(?!\\p{L}))?';
  return [
    `(?<!\\d)${loose(day)}${gap}${loose(month)}${gap}${shortYear}(?!\\d)${years}`,
    `(?<!\\d)${year}${gap}${loose(month)}${gap}${loose(day)}(?!\\d)`,
    `(?<!\\d)(?:${day}${month}${year}|${year}${month}${day})(?!\\d)`,
    `(?<!\\d)${loose(day)}(?:-\\p{L}+)?${gap}(?:${words})${gap}${shortYear}(?!\\d)${years}`,
    `(?<!\\d)${year}${years}${gap}${loose(day)}${gap}(?:${words})`,
    `(?<!\\d)${year}${years}${gap}(?:${words})${gap}${loose(day)}(?:-\\p{L}+)?(?!\\d)`,
    `(?:${words})${gap}${loose(day)}(?:-\\p{L}+)?${gap}${year}`,
  ].map((source) => new RegExp(source, 'giu'));
}

/** Every shape is bounded and reads in one way only, so that no text takes longer than its length. */
const NAME = String.raw`[«"“]?[\p{Lu}\d][\p{L}\d'’.-]{0,40}[»"”]?(?:\s(?:батыр|хан|би|ата|баба|ақын|сал|сері|жырау)(?!\p{L}))?`;
const NAME_RUN = String.raw`${NAME}(?:\s${NAME}){0,3}\s?`;
const HOUSE = String.raw`(?:[,\s]{0,3}(?:(?:д|дом|үй|корп|корпус|кв|квартира|пәтер|п|блок)\.?\s?№?\s?)?\d{1,5}\s?(?:[-/]\s?\d{1,5})?\s?(?:\p{L}(?!\p{L}))?(?:\s?(?:-?үй|-?пәтер|үйі?)(?!\p{L}))?){0,3}`;
/** Streets by their words, before the name in Russian and behind it in Kazakh, with house and flat. */
const ADDRESS: readonly RegExp[] = [
  new RegExp(
    String.raw`(?<!\p{L})(?:ул|улиц\p{L}{1,2}|пр-т|просп|проспект\p{L}?|пер|переул\p{L}+|мкр|мкрн|микрорайон\p{L}?|мик-н|б-р|бульвар\p{L}?|тупик\p{L}?|шоссе|көш|даңғ|ш\.а|м\.а)\.?[ \t]+(?:им\.?[ \t]+)?${NAME_RUN}${HOUSE}`,
    'gu',
  ),
  new RegExp(
    String.raw`${NAME_RUN}(?:к-сі|к\.|көш\.|көше(?:сі\p{L}*|ден|де|ге|нің)?|даңғ\.|даңғыл\p{L}*|тұйығы\p{L}*|бульвары\p{L}*|шағын\s?аудан\p{L}*|ықшам\s?аудан\p{L}*|мөлтек\s?аудан\p{L}*)(?!\p{L})${HOUSE}`,
    'gu',
  ),
  /(?<!\p{L})(?:д|дом|үй|кв|квартира|пәтер)\.?\s?№?\s?\d+\s?\p{L}?(?:[,\s]{1,3}(?:кв|квартира|пәтер)\.?\s?№?\s?\d+)(?!\p{L})/giu,
  /(?<![\d\p{L}])\d+\s?-?\s?үй(?:ді|де|ден|і)?[,\s]{1,3}\d+\s?-?\s?пәтер\p{L}*/giu,
  /(?<!\p{L})(?:индекс|почтовый индекс|пошта индексі)[:\s]{1,2}[A-ZА-Я]?\d{2}[A-ZА-Я]?\d[A-ZА-Я]?\d?/giu,
];

const PROPER_QUOTED = String.raw`[«"“„]\s?(?=[^»"”“\n]{0,80}\p{Lu})[^»"”“\n]{2,80}[»"”“]`;
const ORG_NOUN = String.raw`(?:емхана\p{L}*|аурухана\p{L}*|ауруханa\p{L}*|диспансер\p{L}*|клиника\p{L}*|мектеп\p{L}*|мектеб\p{L}*|гимназия\p{L}*|лицей\p{L}*|балабақша\p{L}*|колледж\p{L}*|поликлиник\p{L}*|больниц\p{L}*|ГКБ|ЦРБ|ГП|ОДБ|ГДБ|школ\p{L}*|детс\p{L}*\sсад\p{L}*|амбулатори\p{L}*|интернат\p{L}*|роддом\p{L}*|роддом|перзентхана\p{L}*|шахта\p{L}*|шахт\p{L}*|зауыт\p{L}*|завод\p{L}*|бөлімше\p{L}*|отряд\p{L}*|в/ч|әскери\sбөлім\p{L}*)`;
/** Organisations by their form, their quoted name or their number. */
const ORGANISATION: readonly RegExp[] = [
  new RegExp(
    String.raw`(?<!\p{L})(?:ТОО|ЖШС|АО|АҚ|КГП|ГКП|РГП|ГККП|КГКП|ШЖҚ|МКК|КМҚК|КМК|МКҚК|РМК|КГУ|КММ|НАО|КЕАҚ|ИП|ЖК|ПК|ОО|ҚБ)(?:[\s-]{1,2}(?:на|ПХВ|МКК|КМК|РМК|ШЖҚ|праве|хозяйственного|ведения))*\s?${PROPER_QUOTED}`,
    'gu',
  ),
  new RegExp(String.raw`${PROPER_QUOTED}\s?(?:ЖШС|АҚ|ШЖҚ|МКК|КМҚК|КММ|КЕАҚ|ЖК|ТОО|АО)(?!\p{L})`, 'gu'),
  new RegExp(String.raw`${ORG_NOUN}\s?${PROPER_QUOTED}|${PROPER_QUOTED}\s${ORG_NOUN}`, 'giu'),
  new RegExp(
    String.raw`(?:№\s?\d+|\d+-(?:ші|шы|інші|ыншы|й|я|ая|ой))\s+(?:\p{L}+\s+){0,2}?${ORG_NOUN}`,
    'giu',
  ),
  new RegExp(
    String.raw`${ORG_NOUN}\s?(?:им\.\s?\p{Lu}\S*\s?)?№?\s?\d+(?![.,]?\d|\s?(?:рет|раз|күн|дн|жыл|год|лет))`,
    'giu',
  ),
];

/** Numbers behind a word that says of what: cards, histories, documents, cars. */
const DOCUMENT: readonly RegExp[] = [
  /(?<!\p{L})(?:ИИН|ЖСН|БИН|БСН|IIN|BIN)[\s:№-]{0,4}[\d\s-]{6,20}\d/giu,
  /(?<!\p{L})(?:удостоверени\p{L}*|уд\.?\s?личн\p{L}*|жеке\s+куәлі\p{L}*|куәлі\p{L}*|паспорт\p{L}*|төлқұжат\p{L}*|свидетельств\p{L}*|полис\p{L}*)[^\d\n]{0,24}\p{Lu}{0,2}\s?\d[\d\s-]{4,14}\d/giu,
  /(?<!\p{L})(?:истори\p{L}+\s+болезни|и\/б|мед\p{L}*\s?карт\p{L}*|амб\p{L}*\.?\s?карт\p{L}*|сырқатнама\p{L}*|ауру\s+тарихы\p{L}*|медициналық\s+карта\p{L}*|МКСБ|форма\s+\S{1,6}\/у|медкарта)[\s:.]{0,3}(?:№|N|номер\p{L}*|нөмірі)\s?[\p{L}\d/-]{0,24}\d[\p{L}\d/-]{0,24}/giu,
  /(?<![\p{L}\d])\d{3}\s?[A-ZА-Я]{2,3}\s?\d{2}(?![\p{L}\d])/gu,
  /(?<![\p{L}\d])[A-ZА-Я]\s?\d{3}\s?[A-ZА-Я]{2,3}(?:\s?\d{2})?(?![\p{L}\d])/gu,
];
