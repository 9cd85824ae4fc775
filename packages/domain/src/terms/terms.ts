import type { PlainDate, Trilingual } from '../shared/index.ts';
import { ok, refuse, type Result } from '../shared/index.ts';

/** GV-03: words whose form a law has changed and can change again. Texts name them by these names. */
export const TERMS = [
  'digital-government',
  'information-system',
  'information-object',
  'partly-automated',
] as const;
export type Term = (typeof TERMS)[number];

/** The words of a term from a day on, and the act that says so. */
export interface TermSet {
  term: string;
  validFrom: PlainDate;
  words: Trilingual;
  basis: string;
}

/** The words of every term, as one day uses them. */
export type Terms = Record<Term, Trilingual>;

/** GV-03: the set of a term that counts on a day: the newest that has begun; before all of them the oldest. Null when there is none. */
export function termSetOn(sets: readonly TermSet[], term: string, day: PlainDate): TermSet | null {
  const own = sets
    .filter((set) => set.term === term)
    .sort((left, right) => (left.validFrom < right.validFrom ? 1 : -1));
  return own.find((set) => set.validFrom <= day) ?? own.at(-1) ?? null;
}

/** GV-03: the words of all terms on a day. A term without any words is a defect of the database and thrown. */
export function termsOn(sets: readonly TermSet[], day: PlainDate): Terms {
  const entries = TERMS.map((term) => {
    const set = termSetOn(sets, term, day);
    if (!set) throw new Error(`The term ${term} has no words`);
    return [term, set.words] as const;
  });
  return Object.fromEntries(entries) as Terms;
}

/** Why words are not taken. */
export const TERM_REFUSALS = ['day-passed', 'day-taken', 'same-words'] as const;
export type TermRefusal = (typeof TERM_REFUSALS)[number];

/**
 * GV-03: whether new words of a term may be entered on `today`. They begin tomorrow at the earliest: what people have read today
 * stays as it was. One set per term and day, and words that change nothing are not taken.
 */
export function decideTermSet(
  sets: readonly TermSet[],
  wanted: Pick<TermSet, 'term' | 'validFrom' | 'words'>,
  today: PlainDate,
): Result<'add', TermRefusal> {
  if (wanted.validFrom <= today) return refuse('day-passed');
  if (sets.some((set) => set.term === wanted.term && set.validFrom === wanted.validFrom))
    return refuse('day-taken');
  const before = termSetOn(sets, wanted.term, wanted.validFrom)?.words;
  const same = (['kk', 'ru', 'en'] as const).every(
    (language) => before?.[language] === wanted.words[language],
  );
  return same ? refuse('same-words') : ok('add');
}
