import type { Language } from '@mse/domain/shared';
import { inAllLanguages, translator } from '@mse/i18n';
import { keep } from '#lib/words.ts';

const KEYS = [
  'ticket',
  'room',
  'last',
  'nobody',
  'lost',
  'sound',
  'test',
  'testLine',
  'open',
  'openLead',
  'code',
  'openButton',
  'wrong',
] as const;

/** Words of the screen in a waiting room (B01), each in all three languages: whoever sits there reads one of them. */
export function boardWords(language: Language) {
  const words = Object.fromEntries(
    KEYS.map((key) => [key, inAllLanguages(`boards:screen.${key}`)]),
  ) as Record<(typeof KEYS)[number], Record<Language, string>>;
  return {
    ...words,
    title: translator(language)('boards:screen.title'),
    service: translator(language)('staff:app.name'),
    go: inAllLanguages('boards:screen.go', keep('ticket', 'room')),
    waiting: inAllLanguages('boards:screen.waiting', keep('people')),
    dataAt: inAllLanguages('boards:screen.dataAt', keep('time')),
  };
}
