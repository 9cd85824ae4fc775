import type { Language } from '@mse/domain/shared';
import { hasKey, translator } from '@mse/i18n';

/** The first error of each field of a form, as a key of `errors:`. */
export type FieldErrors = Record<string, string>;

/** Nothing is wrong with any field. */
export const NO_FIELD_ERRORS: FieldErrors = {};

/** A field's error in words: the field's own sentence where there is one, the general one otherwise. */
export function fieldErrorText(language: Language, field: string, error: string): string {
  const own = `errors:field.${field}.${error}`;
  return translator(language)(hasKey(language, own) ? own : `errors:${error}`);
}

/** Lines of the error summary, each leading to its field. */
export function summaryLines(
  language: Language,
  errors: FieldErrors | undefined,
): { field: string; text: string }[] {
  return Object.entries(errors ?? {}).map(([field, error]) => ({
    field,
    text: fieldErrorText(language, field, error),
  }));
}
