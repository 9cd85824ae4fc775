import type { TextLanguage } from './language.ts';

/** All of Kazakhstan lives in one zone since 1 March 2024. */
const ZONE = 'Asia/Almaty';
const NO_BREAK = '\u00a0';

/** A calendar date `YYYY-MM-DD`, or an instant, which is read in Kazakhstan's time. */
export type DayLike = string | Date;

const CALENDAR_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

const clockParts = new Intl.DateTimeFormat('en-CA', {
  timeZone: ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

function onTheWall(instant: Date): {
  year: string;
  month: string;
  day: string;
  hour: string;
  minute: string;
} {
  const parts: Record<string, string> = {};
  for (const part of clockParts.formatToParts(instant)) parts[part.type] = part.value;
  return parts as { year: string; month: string; day: string; hour: string; minute: string };
}

function calendarDate(day: DayLike): { year: string; month: string; day: string } {
  if (day instanceof Date) return onTheWall(day);
  const [, year, month, dayOfMonth] = CALENDAR_DATE.exec(day) ?? [];
  if (!year || !month || !dayOfMonth) throw new Error('Not a calendar date');
  return { year, month, day: dayOfMonth };
}

const decimals: Record<TextLanguage, Intl.NumberFormat> = {
  kk: new Intl.NumberFormat('kk', { maximumFractionDigits: 1 }),
  ru: new Intl.NumberFormat('ru', { maximumFractionDigits: 1 }),
  en: new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 }),
};

/** A number with at most one digit after the sign each language uses: `1 234,5` or `1,234.5`. Its parts are never torn apart. */
export function formatNumber(value: number, language: TextLanguage): string {
  return decimals[language].format(value);
}

/** A share between 0 and 1 as percent, `12,5 %`; the sign stays with its number. */
export function formatShare(share: number, language: TextLanguage): string {
  return `${formatNumber(share * 100, language)}${NO_BREAK}%`;
}

/** `25.11.2026` in every language: the order of the Ministry writes dates so. */
export function formatDate(day: DayLike): string {
  const date = calendarDate(day);
  return `${date.day}.${date.month}.${date.year}`;
}

const inWords = (locale: string) =>
  new Intl.DateTimeFormat(locale, {
    timeZone: 'UTC',
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
const longParts: Record<TextLanguage, Intl.DateTimeFormat> = {
  kk: inWords('kk'),
  ru: inWords('ru'),
  en: inWords('en-GB'),
};

type DateWords = Record<'weekday' | 'day' | 'month' | 'year', string>;

const REMEMBERED_DAYS = 2000;
const rememberedWords = new Map<string, DateWords>();

/** Words of a date; remembered, because every page of free times says the same few days. */
function wordsOf(day: DayLike, language: TextLanguage): DateWords {
  const key = typeof day === 'string' ? language + day : undefined;
  const remembered = key && rememberedWords.get(key);
  if (remembered) return remembered;
  const words = findWords(day, language);
  if (key) {
    if (rememberedWords.size >= REMEMBERED_DAYS) rememberedWords.clear();
    rememberedWords.set(key, words);
  }
  return words;
}

function findWords(day: DayLike, language: TextLanguage): DateWords {
  const { year, month, day: dayOfMonth } = calendarDate(day);
  const utc = new Date(Date.UTC(Number(year), Number(month) - 1, Number(dayOfMonth)));
  const parts: Record<string, string> = {};
  for (const part of longParts[language].formatToParts(utc)) parts[part.type] = part.value;
  return parts as DateWords;
}

/**
 * The date with its weekday in words, in the order each language speaks it:
 * `2026 жылғы 25 қараша, сәрсенбі`, `среда, 25 ноября 2026 года`, `Wednesday, 25 November 2026`.
 */
export function formatDateLong(day: DayLike, language: TextLanguage): string {
  const words = wordsOf(day, language);
  if (language === 'kk') return `${words.year} жылғы ${words.day}${NO_BREAK}${words.month}, ${words.weekday}`;
  const date = `${words.weekday}, ${words.day}${NO_BREAK}${words.month} ${words.year}`;
  return language === 'ru' ? `${date}${NO_BREAK}года` : date;
}

/** The day in words without the year, for lists of near days: `25 қараша, сәрсенбі`, `среда, 25 ноября`. */
export function formatDay(day: DayLike, language: TextLanguage): string {
  const words = wordsOf(day, language);
  const date = `${words.day}${NO_BREAK}${words.month}`;
  return language === 'kk' ? `${date}, ${words.weekday}` : `${words.weekday}, ${date}`;
}

/** `09:00`; an instant is read in Kazakhstan's time, a `HH:mm` text stays as it is. */
export function formatTime(time: string | Date): string {
  if (typeof time === 'string') return time;
  const wall = onTheWall(time);
  return `${wall.hour}:${wall.minute}`;
}

/** `25.11.2026, 09:00` in Kazakhstan's time. */
export function formatDateTime(instant: Date | string): string {
  const wall = onTheWall(typeof instant === 'string' ? new Date(instant) : instant);
  return `${wall.day}.${wall.month}.${wall.year}, ${wall.hour}:${wall.minute}`;
}

/**
 * A Kazakh number as people write it: `+7 701 123-45-67` for mobile, `+7 (7162) 25-25-25` for a town's line.
 * Anything else (a short number, a masked one) stays as it is.
 */
export function formatPhone(phone: string): string {
  const national = /^\+7(\d{10})$/.exec(phone)?.[1];
  if (!national) return phone;
  if (/^7(0\d|47|7[15-8])/.test(national)) {
    return `+7${NO_BREAK}${national.slice(0, 3)}${NO_BREAK}${national.slice(3, 6)}-${national.slice(6, 8)}-${national.slice(8)}`;
  }
  return `+7${NO_BREAK}(${national.slice(0, 4)})${NO_BREAK}${national.slice(4, 6)}-${national.slice(6, 8)}-${national.slice(8)}`;
}

const amount = new Intl.NumberFormat('ru', { maximumFractionDigits: 2 });

/** Money in tenge, `12 500 ₸`, with spaces that do not break. */
export function formatMoney(tenge: number): string {
  return `${amount.format(tenge)}${NO_BREAK}₸`;
}

const KAZAKH_ONLY = /[ӘәҒғҚқҢңӨөҰұҮүҺһІі]/;
const CYRILLIC = /\p{Script=Cyrillic}/u;

/**
 * The language a screen reader should speak a foreign text in (a person's or clinic's name on a page in `page`),
 * or undefined when the page's own language does.
 */
export function spokenLanguage(text: string, page: TextLanguage): 'kk' | 'ru' | undefined {
  if (KAZAKH_ONLY.test(text)) return page === 'kk' ? undefined : 'kk';
  return page === 'en' && CYRILLIC.test(text) ? 'ru' : undefined;
}

/**
 * The language a screen reader should speak whole sentences in that somebody typed; undefined when the page's own does.
 * Sentences in Kazakh have Kazakh letters, so Cyrillic without them is Russian. Without Cyrillic nothing is known.
 */
export function writtenLanguage(text: string, page: TextLanguage): 'kk' | 'ru' | undefined {
  if (!CYRILLIC.test(text)) return undefined;
  const language = KAZAKH_ONLY.test(text) ? 'kk' : 'ru';
  return language === page ? undefined : language;
}
