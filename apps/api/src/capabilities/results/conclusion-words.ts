import type { ConclusionContent, DisabilityCause, Term } from '@mse/domain/examination';
import type { Language } from '@mse/domain/shared';
import { formatDate } from '@mse/i18n/format';
import { translator } from '@mse/i18n';

/** The words of a conclusion in one language, the same in documents, journals and pages. */
export function conclusionWords(language: Language) {
  const t = translator(language);
  return {
    term: (term: Term | null): string =>
      term === null
        ? '–'
        : term.kind === 'until'
          ? t('results:term.until', { day: formatDate(term.until) })
          : t('results:term.indefinite'),
    cause: (cause: DisabilityCause | null): string => (cause === null ? '–' : t(`results:cause.${cause}`)),
    outcome: (content: ConclusionContent): string => t(`results:outcome.${content.disability.outcome}`),
    percent: (percent: number): string => t('results:percent', { percent }),
  };
}
