import { blurDates } from './blur-dates.ts';
import { cleanText } from './clean-text.ts';
import { FINDER_NAMES, type FinderName, findIdentity } from './find-identity.ts';
import { certainIdentity, type KnownIdentity } from './identity.ts';
import type { IdentityKind, StemIndex } from './known-words.ts';
import { findSuspicions } from './find-suspicions.ts';
import type { Suspicion } from './suspicion.ts';

/** Neutral words by kind, in the language of the text they are put into. */
export type NeutralWords = Record<IdentityKind, string>;

/** What is needed to re-make the texts of one case. */
export interface Remaking {
  known: KnownIdentity;
  places: StemIndex;
  words: Record<'kk' | 'ru', NeutralWords>;
  /** All of them, but for tests that take some away. */
  finders?: readonly FinderName[];
}

/** Steps around the searches that a test may take away too. */
export interface RemadeText {
  text: string;
  language: 'kk' | 'ru';
  /** Empty when the text may be shown as it is now. */
  causes: Suspicion[];
}

/**
 * PX-04, IN-01: makes a text anew for the experts' eyes. It is brought into one spelling, what is known of identity gives way to
 * neutral words, whole dates to month and year; then the new text is judged as if it had come from a stranger, and what still looks
 * like identity is named, so that a person looks before an expert does.
 */
export function remakeText(original: string, remaking: Remaking): RemadeText {
  const clean = cleanText(original);
  const spans = findIdentity(clean, remaking.known, remaking.places, remaking.finders ?? FINDER_NAMES);
  // The language of what is left: the letters of a name must not decide it, or the neutral words would tell of the name.
  const left = outside(clean, spans);
  const language = languageOf(left.join(''));
  const words = remaking.words[language];
  const made = left.reduce((text, part, at) => `${text}[${words[spans[at - 1]?.kind ?? 'person']}]${part}`);
  const text = blurDates(made);
  return { text, language, causes: judgeText(text, remaking) };
}

/** What lies before, between and behind passages. */
function outside(text: string, spans: readonly { start: number; end: number }[]): string[] {
  return [...spans, { start: text.length, end: text.length }].map((span, at) =>
    text.slice(spans[at - 1]?.end ?? 0, span.start),
  );
}

/** Why a text may not be shown without a person's look; empty when it may. Also asked of what a person has typed. */
export function judgeText(text: string, remaking: Pick<Remaking, 'known' | 'places' | 'words'>): Suspicion[] {
  const open = withoutNeutralWords(text, remaking.words);
  const known = findIdentity(open, remaking.known, remaking.places).map((span): Suspicion =>
    span.kind === 'place' || span.kind === 'address'
      ? 'place'
      : span.kind === 'organisation'
        ? 'organisation'
        : span.kind === 'contact'
          ? 'contact'
          : span.kind === 'number' || span.kind === 'phone'
            ? 'number'
            : span.kind === 'birth-date'
              ? 'date'
              : 'name',
  );
  return [...new Set([...known, ...findSuspicions(open)])];
}

/**
 * PX-04: how surely a text that a person made still tells who it is. `certain`: a name, number or birth date of the patient or those near
 * stands in it, and nobody's word lets it pass. `perhaps`: a place, a doctor, a word of every day that is a name too.
 */
export function identityLeft(
  text: string,
  remaking: Pick<Remaking, 'known' | 'places' | 'words'>,
): 'none' | 'perhaps' | 'certain' {
  const open = withoutNeutralWords(cleanText(text), remaking.words);
  const certain = findIdentity(open, certainIdentity(remaking.known), new Map(), [
    'names',
    'numbers',
    'birthDates',
  ]);
  if (certain.length > 0) return 'certain';
  return findIdentity(open, remaking.known, remaking.places).length > 0 ? 'perhaps' : 'none';
}

/** Neutral words are ours and are not judged; anything else in square brackets is somebody's, and is. */
export function withoutNeutralWords(text: string, words: Remaking['words']): string {
  const ours = new Set([...Object.values(words.kk), ...Object.values(words.ru)]);
  return text.replace(/\[([^\]\n]{1,40})\]/g, (whole, inside: string) => (ours.has(inside) ? '[]' : whole));
}

/** The language a text is written in: Kazakh when it has enough letters that only Kazakh has. */
export function languageOf(text: string): 'kk' | 'ru' {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const kazakh = text.match(/[әғқңөұүһі]/giu)?.length ?? 0;
  return letters > 0 && kazakh / letters > 0.06 ? 'kk' : 'ru';
}
