import type { Language } from '@mse/domain/shared';
import { hasKey, translator } from '@mse/i18n';
import type { z } from 'zod';

/** What is wrong with each field of a form, in words; the key is the name of the input. */
export type FormErrors = Record<string, string>;

/** Words for what a schema found wrong; nested values are named by their path (`words.kk`). */
export function formErrors(language: Language, error: z.ZodError): FormErrors {
  const t = translator(language);
  const errors: FormErrors = {};
  for (const issue of error.issues) {
    const key = `errors:${issue.message}`;
    errors[issue.path.join('.')] ??= t(hasKey(language, key) ? key : 'errors:invalid');
  }
  return errors;
}

/** Everything a form said, as text, so that nobody types it twice. */
export function typed(form: FormData): Record<string, string> {
  return Object.fromEntries(
    [...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}
