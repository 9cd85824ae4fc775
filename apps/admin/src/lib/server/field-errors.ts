import type { Translator } from '@mse/i18n';
import { hasKey } from '@mse/i18n';
import type { Language } from '@mse/domain/shared';
import type { z } from 'zod';

/** A wrong answer as a page shows it: the id of its field and the words; a field of null concerns the whole form. */
export interface ShownError {
  field: string | null;
  text: string;
}

/** First error of each field of a form, in words. `own` is the group of a namespace with words of its own (`schedule:field.`). */
export function fieldErrors(language: Language, t: Translator, error: z.ZodError, own: string): ShownError[] {
  const found = new Map<string, string>();
  for (const issue of error.issues) {
    const field = issue.path.join('-');
    if (found.has(field)) continue;
    const key = /^[a-z-]+$/.test(issue.message) ? issue.message : 'invalid';
    found.set(field, [own + key, `errors:${key}`].find((name) => hasKey(language, name)) ?? 'errors:invalid');
  }
  return [...found].map(([field, key]) => ({ field, text: t(key) }));
}

/** A text of a form; empty when it is not there or is a file. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
}
