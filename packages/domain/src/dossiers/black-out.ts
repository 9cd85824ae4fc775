import { findDates } from './blur-dates.ts';
import { cleanText } from './clean-text.ts';
import { findIdentity } from './find-identity.ts';
import type { StemIndex } from './known-words.ts';
import type { Remaking } from './remake-text.ts';
import type { Box } from './sections.ts';
import { wordsOf } from './sound-key.ts';

/** A word of a page with its place; boxes of its characters when the reading gives them. */
export interface PlacedWord extends Box {
  text: string;
  line: number;
  characters: readonly Box[] | null;
}

/** Words as a text: lines as they stand on the page, and where each word lies in it. */
export function textOfWords(words: readonly PlacedWord[]): { text: string; from: number[] } {
  let text = '';
  const from: number[] = [];
  for (const [at, word] of words.entries()) {
    if (at > 0) text += words[at - 1]?.line === word.line ? ' ' : '\n';
    from.push(text.length);
    text += cleanText(word.text);
  }
  return { text, from };
}

/**
 * What is left to read of a page when boxes cover it: its words in their lines, and a sign where each box lies, so that what stood on
 * both sides of it is not taken for one phrase.
 */
export function textAround(words: readonly PlacedWord[], boxes: readonly Box[]): string {
  const signs = boxes.map((box): PlacedWord => {
    const middle = box.y + box.height / 2;
    const beside = words.find((word) => word.y <= middle && middle <= word.y + word.height);
    return { ...box, text: '[]', line: beside?.line ?? -1, characters: null };
  });
  const lines = Map.groupBy([...words, ...signs], (word) => word.line);
  return [...lines.entries()]
    .toSorted(([left], [right]) => left - right)
    .map(([, line]) =>
      line
        .toSorted((left, right) => left.x - right.x)
        .map((word) => cleanText(word.text))
        .join(' '),
    )
    .join('\n');
}

/** How far a black box reaches beyond the word it covers, as a share of the word's height. */
const REACH = 0.22;

/**
 * PX-04: the rectangles of a page to be blacked out: every word of a known name, place, number or address, whole, and of a whole date
 * its day. Words of a reading (`fuzzy`) also when they are a known name but for a letter or two.
 */
export function blackOuts(words: readonly PlacedWord[], remaking: Remaking, fuzzy: boolean): Box[] {
  const { text, from } = textOfWords(words);
  const boxes: Box[] = [];
  const cover = (start: number, end: number, part: boolean) => {
    for (const [at, word] of words.entries()) {
      const first = from[at] ?? 0;
      const length = cleanText(word.text).length;
      if (first >= end || first + length <= start || length === 0) continue;
      boxes.push(
        grown(part ? partOf(word, Math.max(0, start - first), Math.min(length, end - first), length) : word),
      );
    }
  };
  const spans = findIdentity(text, remaking.known, remaking.places, remaking.finders);
  for (const span of spans) cover(span.start, span.end, false);
  for (const date of findDates(text)) cover(date.day.start, date.day.end, true);
  if (fuzzy) for (const span of nearlyKnown(text, remaking.known.stems)) cover(span.start, span.end, false);
  return merged(boxes);
}

/** Where a page that was read names something known of the patient, whole or but for a letter or two. Dates do not count. */
export function knownOnPage(words: readonly PlacedWord[], remaking: Remaking): Box[] {
  const { text, from } = textOfWords(words);
  const spans = [
    ...findIdentity(text, remaking.known, remaking.places, remaking.finders),
    ...nearlyKnown(text, remaking.known.stems),
  ];
  return merged(
    words
      .filter((word, at) => {
        const first = from[at] ?? 0;
        const end = first + cleanText(word.text).length;
        return spans.some((span) => span.start < end && first < span.end);
      })
      .map(grown),
  );
}

/** Boxes of one line that touch become one, so that not even the lengths of the words behind them are told. */
function merged(boxes: readonly Box[]): Box[] {
  const left = boxes.toSorted((one, other) => one.y - other.y || one.x - other.x).map((box) => ({ ...box }));
  for (let found = true; found;) {
    found = false;
    for (let at = 0; at < left.length && !found; at += 1)
      for (let next = at + 1; next < left.length && !found; next += 1) {
        const [one, other] = [left[at] as Box, left[next] as Box];
        if (!touch(one, other)) continue;
        const [x, y] = [Math.min(one.x, other.x), Math.min(one.y, other.y)];
        left[at] = {
          x,
          y,
          width: Math.max(one.x + one.width, other.x + other.width) - x,
          height: Math.max(one.y + one.height, other.y + other.height) - y,
        };
        left.splice(next, 1);
        found = true;
      }
  }
  return left;
}

/** Side by side in one line, with no more than a space between. */
function touch(one: Box, other: Box): boolean {
  const shared = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  const gap = Math.max(one.x, other.x) - Math.min(one.x + one.width, other.x + other.width);
  const [low, high] = [Math.min(one.height, other.height), Math.max(one.height, other.height)];
  return shared > low * 0.55 && high < low * 2 && gap < low * 0.5;
}

/** The box of some characters of a word; by their own boxes, or by their share of the word's width. */
function partOf(word: PlacedWord, start: number, end: number, length: number): Box {
  const own = word.characters?.length === length ? word.characters.slice(start, end) : [];
  if (own.length > 0) {
    const left = Math.min(...own.map((box) => box.x));
    const right = Math.max(...own.map((box) => box.x + box.width));
    return { x: left, y: word.y, width: right - left, height: word.height };
  }
  return {
    x: word.x + (word.width * start) / length,
    y: word.y,
    width: (word.width * (end - start)) / length,
    height: word.height,
  };
}

function grown(box: Box): Box {
  const reach = Math.max(3, box.height * REACH);
  return {
    x: Math.max(0, Math.floor(box.x - reach * 0.6)),
    y: Math.max(0, Math.floor(box.y - reach)),
    width: Math.ceil(box.width + reach * 1.2),
    height: Math.ceil(box.height + reach * 2),
  };
}

/** Words that are a known stem but for what a reader of pictures mistakes: one letter, two in a long word. */
function nearlyKnown(text: string, stems: StemIndex): { start: number; end: number }[] {
  const known = [...stems.values()]
    .flat()
    .filter(({ stem, kind }) => stem.length >= 5 && kind !== 'address' && kind !== 'organisation');
  return wordsOf(text).filter((word) =>
    word.keys.some((key) =>
      known.some(
        ({ stem }) => key.length >= stem.length - 1 && differs(key, stem) <= (stem.length >= 8 ? 2 : 1),
      ),
    ),
  );
}

/** Edits that turn the beginning of a word into a stem; what follows the stem is free. */
function differs(word: string, stem: string): number {
  let row = Array.from({ length: stem.length + 1 }, (_, at) => at);
  let best = stem.length;
  for (let at = 1; at <= Math.min(word.length, stem.length + 2); at += 1) {
    const next = [at];
    for (let column = 1; column <= stem.length; column += 1)
      next.push(
        Math.min(
          (row[column] ?? 0) + 1,
          (next[column - 1] ?? 0) + 1,
          (row[column - 1] ?? 0) + (word[at - 1] === stem[column - 1] ? 0 : 1),
        ),
      );
    row = next;
    best = Math.min(best, row[stem.length] ?? best);
  }
  return best;
}
