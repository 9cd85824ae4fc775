import { clockWords, type ProblemCause, type ProblemClock, type ProposalFigures } from '@mse/domain/problems';
import type { Language } from '@mse/domain/shared';
import { translator } from '@mse/i18n';

/** EQ-17: the clock of a problem in words, and how urgent they are. */
export function clockText(clock: ProblemClock, language: Language) {
  const { word, count } = clockWords(clock);
  const tones = {
    'days-left': 'care',
    overdue: 'bad',
    'sent-in-time': 'good',
    'sent-late': 'quiet',
  } as const;
  return {
    text: translator(language)(`problems:clock.${word}`, count === undefined ? undefined : { count }),
    tone: clock.kind === 'days-left' && clock.days > 1 ? ('told' as const) : tones[clock.kind],
  };
}

/** What a problem says: a person's words, or what the figures found. */
export function problemText(
  problem: { cause: ProblemCause; text: string; figures: ProposalFigures },
  language: Language,
): { text: string; typed: boolean } {
  return problem.cause === 'by-hand'
    ? { text: problem.text, typed: true }
    : { text: findingText(problem.cause, problem.figures, language), typed: false };
}

/** What the figures point at, in words. */
export function findingText(
  kind: Exclude<ProblemCause, 'by-hand'>,
  figures: ProposalFigures,
  language: Language,
): string {
  return translator(language)(`problems:finding.${kind}`, { ...figures });
}
