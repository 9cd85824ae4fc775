import type { Language } from '@mse/domain/shared';
import { hasKey, translator } from '@mse/i18n';

/** Name of a region; its code where it has none, as in a test of load. */
export function regionName(code: string, language: Language): string {
  const key = `pilots:region.${code}`;
  return hasKey(language, key) ? translator(language)(key) : code;
}
