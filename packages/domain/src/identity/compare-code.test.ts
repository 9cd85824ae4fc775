import { expect, test } from 'vitest';
import { compareCode } from './compare-code.ts';

test('C05: the code to compare has six characters, none of which is taken for another one', () => {
  const drawn = [0, 1, 2, 3, 4, 14];
  const code = compareCode((limit) => {
    expect(limit).toBe(15);
    return drawn.shift() ?? 0;
  });
  expect(code).toBe('23456X');
  const all = new Set(Array.from({ length: 15 }, (_, draw) => compareCode(() => draw)[0]));
  expect(all.size).toBe(15);
  for (const lookalike of '018OQILSZBG') expect(all.has(lookalike)).toBe(false);
});
