import { describe, expect, test } from 'vitest';
import { secondsUntilNextCode } from './one-time-code.ts';

const at = new Date('2026-11-23T04:00:00Z');
const ago = (minutes: number) => new Date(at.getTime() - minutes * 60_000);

describe('T11: when the next code may be sent', () => {
  test.each([
    ['the first code goes at once', [], 0],
    ['a second one waits for the rest of the minute', [ago(0.25)], 45],
    ['after the full minute it goes', [ago(1)], 0],
    [
      'the sixth within an hour waits until the first is an hour old',
      [ago(50), ago(40), ago(30), ago(20), ago(10)],
      600,
    ],
    ['the order of the earlier ones does not matter', [ago(10), ago(50), ago(20), ago(30), ago(40)], 600],
    ['four within the hour leave a fifth', [ago(70), ago(40), ago(30), ago(20), ago(10)], 0],
    [
      'the eleventh within a day waits until the first is a day old',
      Array.from({ length: 10 }, (_, index) => ago(1430 - index * 130)),
      600,
    ],
    ['of several waits the longest counts', [ago(50), ago(40), ago(30), ago(20), ago(0.5)], 600],
  ])('%s', (_sentence, sent, seconds) => {
    expect(secondsUntilNextCode(sent, at)).toBe(seconds);
  });
});
