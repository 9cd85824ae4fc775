import type { Language, Trilingual } from '@mse/domain/shared';

/** A name of the reference data in the language of the page; null stays null. */
export function inLanguage(language: Language, name: Trilingual | null): string | null {
  return name?.[language] ?? null;
}
