import { expect, test } from 'vitest';
import { insertPhrase } from './insert-phrase.ts';

test.each<[string, string, number | undefined, string, number]>([
  ['into an empty field', '', undefined, 'Ф', 1],
  ['at the end, on a line of its own', 'Бар ', undefined, 'Бар\nФ', 5],
  ['at the caret, between what was typed', 'Бар жоқ', 4, 'Бар\nФ\nжоқ', 5],
  ['at the very beginning', 'жоқ', 0, 'Ф\nжоқ', 1],
])('X04: a phrase goes %s', (_sentence, text, at, expected, caret) => {
  expect(insertPhrase(text, 'Ф', at)).toEqual({ text: expected, caret });
});
