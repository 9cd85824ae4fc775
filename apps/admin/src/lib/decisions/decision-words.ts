import {
  DECISION_FIELDS,
  type DecisionField,
  type DecisionProblem,
  type DecisionTyped,
} from '@mse/domain/examination';
import type { Language } from '@mse/domain/shared';
import { translator } from '@mse/i18n';

/** A term as a form names it (`months-12`, `age-7`, `indefinite`), in words. */
export function termWords(language: Language, code: string): string {
  const t = translator(language);
  const [unit, number] = code.split('-');
  if (unit === 'months') return t('decisions:term.months', { count: Number(number) });
  return unit === 'age' ? t('decisions:term.age', { age: Number(number) }) : t('decisions:term.indefinite');
}

/** What is wrong with a typed decision as lines of an error summary; each leads to its input. */
export function problemLines(
  language: Language,
  problems: readonly DecisionProblem[],
): { field: string; text: string }[] {
  const t = translator(language);
  return problems.map(({ field, problem }) => ({
    field,
    text: `${t(`decisions:field.${field}`)}: ${t(`decisions:problem.${problem}`)}`,
  }));
}

/** One typed field in words; lists keep their lines. */
function fieldWords(language: Language, field: DecisionField, value: string): string {
  const t = translator(language);
  if (field === 'disability.outcome') return t(`decisions:outcome.${value}`);
  if (field.endsWith('.cause')) return t(`results:cause.${value}`);
  if (field.endsWith('.term')) return termWords(language, value);
  if (field === 'kind') return t(`decisions:kindOf.${value}`);
  if (field === 'kinds')
    return value
      .split(',')
      .map((kind) => t(`decisions:kind.${kind}`))
      .join('; ');
  return value;
}

/** A typed decision as rows to read, in the order of the form; `written` marks what people wrote themselves. */
export function typedRows(
  language: Language,
  typed: DecisionTyped,
): { field: DecisionField; term: string; value: string; written: boolean }[] {
  const t = translator(language);
  const written = new Set<DecisionField>([
    'programme.social',
    'programme.vocational',
    'injuredWorkerNeeds',
    'diagnosis',
    'reasons',
  ]);
  return DECISION_FIELDS.flatMap((field) => {
    const value = typed[field]?.trim();
    return value
      ? [
          {
            field,
            term: t(`decisions:field.${field}`),
            value: fieldWords(language, field, value),
            written: written.has(field),
          },
        ]
      : [];
  });
}
