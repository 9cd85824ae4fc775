import { describe, expect, it } from 'vitest';
import { measureInterleaved, median, ratioLine, type Measured } from '../src/measure.ts';

const measured = (name: string, perSecond: number[]): Measured => ({
  name,
  perSecond,
  median: median(perSecond),
  minimum: Math.min(...perSecond),
  maximum: Math.max(...perSecond),
});

describe('measuring', () => {
  it('takes the middle value, or the mean of the two in the middle', () => {
    expect(median([5, 1, 3])).toBe(3);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(() => median([])).toThrow();
  });

  it('gives everybody one turn a round, every second round backwards', async () => {
    const turns: string[] = [];
    const turn = (name: string) => ({
      name,
      fn: async () => {
        if (turns.at(-1) !== name) turns.push(name);
        await new Promise((wake) => setTimeout(wake, 5));
      },
    });
    const results = await measureInterleaved([turn('a'), turn('b')], {
      rounds: 2,
      seconds: 0.03,
      concurrency: 2,
    });
    // Warm-up a b, then a b, then b a; equal neighbours count once.
    expect(turns.join('')).toBe('ababa');
    expect(results.map(({ name, perSecond }) => [name, perSecond.length])).toEqual([
      ['a', 2],
      ['b', 2],
    ]);
  });

  it('sees that a slow way is slow', async () => {
    const wait = (milliseconds: number) => () => new Promise((wake) => setTimeout(wake, milliseconds));
    const [quick, slow] = await measureInterleaved(
      [
        { name: 'quick', fn: wait(2) },
        { name: 'slow', fn: wait(20) },
      ],
      { rounds: 3, seconds: 0.1 },
    );
    if (!quick || !slow) throw new Error('both were measured');
    expect(ratioLine('slow against quick', slow, quick, 1).ratio).toBeLessThan(0.5);
  });

  it('compares round by round, so that a slow spell of the machine falls on both', () => {
    const line = ratioLine('x', measured('a', [50, 5, 60]), measured('b', [100, 10, 100]), 0.4);
    expect(line).toMatchObject({ ratio: 0.5, minimum: 0.5, maximum: 0.6, target: 0.4, wanted: 'at least' });
  });
});
