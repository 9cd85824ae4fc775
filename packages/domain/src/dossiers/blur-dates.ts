import { isPlainDate } from '../shared/index.ts';
import { MONTHS } from './months.ts';

const GAP = String.raw`[\s.,/\\\-‐-―]{1,3}`;
const WORDS = MONTHS.flatMap(({ stems }) => stems)
  .map((stem) => `${stem}\\p{L}*`)
  .join('|');
const YEAR_WORD = String.raw`(?:\s?(?:жыл\p{L}*|ж\.|г\.|года?|году)(?!\p{L}))?`;

interface Shape {
  shape: RegExp;
  parts: (groups: Record<string, string>) => { year: string; month: number; day: number };
}

const number = (text: string | undefined) => Number(text ?? '0');
const monthNamed = (word: string | undefined) =>
  MONTHS.findIndex(({ stems }) => stems.some((stem) => new RegExp(`^${stem}`, 'iu').test(word ?? ''))) + 1;

const SHAPES: readonly Shape[] = [
  {
    shape: new RegExp(
      String.raw`(?<![\d.,/-])(?<day>\d{1,2})(?<gap>[./\-‐-―]|\.\s|\s?/\s?)(?<month>\d{1,2})\k<gap>(?<year>(?:19|20)\d{2}|\d{2})(?![\d/])(?:\s?(?:г\.|года?|ж\.|жыл\p{L}*)(?!\p{L}))?`,
      'dgiu',
    ),
    parts: (groups) => ({ year: groups.year ?? '', month: number(groups.month), day: number(groups.day) }),
  },
  {
    shape:
      /(?<!\d)(?<year>(?:19|20)\d{2})(?<gap>[./\-‐-―])(?<month>\d{1,2})\k<gap>(?<day>\d{1,2})(?!\d)(?:T[\d:.Z+]+)?/dgiu,
    parts: (groups) => ({ year: groups.year ?? '', month: number(groups.month), day: number(groups.day) }),
  },
  {
    shape: new RegExp(
      String.raw`(?<!\d)(?<day>\d{1,2})(?:-?\p{L}{1,3}(?=\s))?["»”]?${GAP}(?<word>${WORDS})${GAP}(?<year>(?:19|20)\d{2})${YEAR_WORD}`,
      'dgiu',
    ),
    parts: (groups) => ({ year: groups.year ?? '', month: monthNamed(groups.word), day: number(groups.day) }),
  },
  {
    shape: new RegExp(
      String.raw`(?<!\d)(?<year>(?:19|20)\d{2})${YEAR_WORD}${GAP}(?<day>\d{1,2})(?:-?\p{L}{1,3}(?=\s))?${GAP}(?<word>${WORDS})`,
      'dgiu',
    ),
    parts: (groups) => ({ year: groups.year ?? '', month: monthNamed(groups.word), day: number(groups.day) }),
  },
  {
    shape: new RegExp(
      String.raw`(?<!\d)(?<year>(?:19|20)\d{2})${YEAR_WORD}${GAP}(?<word>${WORDS})${GAP}(?<day>\d{1,2})(?:-?\p{L}{1,3})?(?!\d)`,
      'dgiu',
    ),
    parts: (groups) => ({ year: groups.year ?? '', month: monthNamed(groups.word), day: number(groups.day) }),
  },
  {
    shape: new RegExp(
      String.raw`(?<!\p{L})(?<word>${WORDS})${GAP}(?<day>\d{1,2})(?:-?\p{L}{1,3})?${GAP}(?<year>(?:19|20)\d{2})${YEAR_WORD}`,
      'dgiu',
    ),
    parts: (groups) => ({ year: groups.year ?? '', month: monthNamed(groups.word), day: number(groups.day) }),
  },
];

/** Whole calendar dates of a clean text: where they stand and what is left of them. */
export function findDates(
  text: string,
): { start: number; end: number; monthAndYear: string; day: { start: number; end: number } }[] {
  return SHAPES.flatMap(({ shape, parts }) =>
    Array.from(text.matchAll(shape)).flatMap((match) => {
      const { year, month, day } = parts(match.groups ?? {});
      const whole = year.length === 4 ? year : `${Number(year) > 60 ? '19' : '20'}${year}`;
      const two = (value: number) => String(value).padStart(2, '0');
      if (!isPlainDate(`${whole}-${two(month)}-${two(day)}`)) return [];
      const [start, end] = match.indices?.groups?.day ?? [match.index, match.index + match[0].length];
      return [
        {
          start: match.index,
          end: match.index + match[0].length,
          monthAndYear: `${two(month)}.${whole}`,
          day: { start, end },
        },
      ];
    }),
  );
}

/**
 * PX-04: a whole date becomes month and year: enough for the course of an illness, too little to find a person by the day of an
 * operation or a discharge. Not "so many days ago": the day of examination is known, so that would be the date again.
 */
export function blurDates(text: string): string {
  let made = '';
  let done = 0;
  for (const date of findDates(text).toSorted(
    (left, right) => left.start - right.start || right.end - left.end,
  )) {
    if (date.start < done) continue;
    made += text.slice(done, date.start) + date.monthAndYear;
    done = date.end;
  }
  return made + text.slice(done);
}
