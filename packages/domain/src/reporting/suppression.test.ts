import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawWeek, OUTCOMES, publishWeek, type RegionWeek } from './publication.ts';
import {
  couldDiffer,
  hiddenCounts,
  LARGEST_SMALL_COUNT,
  type PublishedCount,
  remainderAt,
} from './suppression.ts';

const week = (...rows: [number, number, number][]): RegionWeek[] =>
  rows.map(([kept, missed, cancelled], index) => ({
    regionCode: String(10 + index),
    counts: { kept, missed, cancelled },
    waitingDays: 5,
  }));

/** Weeks with many small numbers and zeros, as real ones are. */
const weeks = fc
  .array(
    fc.tuple(
      ...(OUTCOMES.map(() =>
        fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 10, max: 60 })),
      ) as [fc.Arbitrary<number>, fc.Arbitrary<number>, fc.Arbitrary<number>]),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((rows) => week(...rows));

const isSmall = (value: number) => value >= 1 && value <= LARGEST_SMALL_COUNT;

/**
 * Another week that looks the same in everything shown and has another number in one hidden place; found by trying all weeks that
 * differ by at most one per number. Knows nothing of rings.
 */
function otherWeek(counts: readonly PublishedCount[], hidden: ReadonlySet<string>, key: string): boolean {
  const free = counts.filter((count) => hidden.has(count.key));
  const fits = (count: PublishedCount, change: number) => {
    if (change === 0) return true;
    const value = count.value + change;
    return isSmall(count.value) ? isSmall(value) : count.value > 0 ? value > LARGEST_SMALL_COUNT : value >= 0;
  };
  const change = new Map<string, number>();
  const balanceOf = (node: string) =>
    counts.reduce(
      (sum, count) =>
        sum + (change.get(count.key) ?? 0) * (Number(count.to === node) - Number(count.from === node)),
      0,
    );
  const lastAt = new Map<string, number>();
  free.forEach((count, index) => {
    lastAt.set(count.from, index);
    lastAt.set(count.to, index);
  });
  const search = (index: number): boolean => {
    const count = free[index];
    if (!count) return true;
    for (const step of count.key === key ? [1, -1] : [0, 1, -1]) {
      if (!fits(count, step)) continue;
      change.set(count.key, step);
      // A sum is judged as soon as the last of its numbers is chosen.
      const holds = [count.from, count.to].every(
        (node) => lastAt.get(node) !== index || balanceOf(node) === 0,
      );
      if (holds && search(index + 1)) return true;
    }
    change.delete(count.key);
    return false;
  };
  return search(0);
}

describe('numbers that are hidden', () => {
  it('C36: nothing is hidden where nothing is small', () => {
    expect(hiddenCounts(drawWeek(week([40, 12, 10], [30, 0, 11]))).size).toBe(0);
  });

  it('C36: one small number takes a companion with it in every sum, and no more than needed', () => {
    const hidden = hiddenCounts(drawWeek(week([40, 3, 15], [60, 20, 30])));
    expect([...hidden].sort()).toEqual(['10 cancelled', '10 missed', '11 cancelled', '11 missed']);
  });

  it('C36: where a number can only be what it is, more is hidden, up to everything', () => {
    expect([...hiddenCounts(drawWeek(week([0, 4, 0])))].sort()).toEqual([
      '10 missed',
      '10 total',
      'country missed',
      'country total',
    ]);
    // 18 shown beside two hidden numbers below ten would say nine and nine.
    const published = publishWeek(week([9, 9, 0]), 5);
    expect(published.country).toMatchObject({
      total: null,
      outcomes: { kept: null, missed: null, cancelled: 0 },
    });
  });

  it('C36: two small numbers that a shown total would add up to three take a third with them', () => {
    expect([...hiddenCounts(drawWeek(week([45, 2, 1])))].sort()).toEqual(
      ['10 cancelled', '10 kept', '10 missed', 'country cancelled', 'country kept', 'country missed'].sort(),
    );
  });

  it('C36: a drawing whose sums do not hold is refused', () => {
    expect(() => hiddenCounts([{ key: 'a', from: 'x', to: 'y', value: 3 }])).toThrow(/does not hold/);
    expect(() => hiddenCounts([{ key: 'a', from: 'x', to: 'x', value: 0.5 }])).toThrow(/whole number/);
  });

  it('C36: a share is shown only when both of its numbers are, and a wait only when ten stand behind it', () => {
    const [region] = publishWeek(week([20, 2, 30], [40, 40, 40]), 5).regions;
    expect(region).toMatchObject({ noShowShare: null, waitingDays: 5 });
    expect(publishWeek(week([5, 0, 0]), 3).country).toMatchObject({ noShowShare: null, waitingDays: null });
    expect(publishWeek(week([30, 10, 0]), 3).country).toMatchObject({ noShowShare: 0.25, waitingDays: 3 });
  });
});

describe('T33: what is hidden stays hidden', () => {
  it('T33: every small number is hidden, and every zero is shown unless all is hidden', () => {
    fc.assert(
      fc.property(weeks, (regions) => {
        const counts = drawWeek(regions);
        const hidden = hiddenCounts(counts);
        for (const { key, value } of counts) if (isSmall(value)) expect(hidden).toContain(key);
        if (hidden.size < counts.length)
          for (const { key, value } of counts) if (value === 0) expect(hidden).not.toContain(key);
      }),
      { numRuns: 1000 },
    );
  });

  it('T33: for every hidden number there is another week that looks the same, even to whoever knows our limit of ten', () => {
    fc.assert(
      fc.property(weeks, (regions) => {
        const counts = drawWeek(regions);
        const hidden = hiddenCounts(counts);
        if (hidden.size === counts.length) return;
        for (const key of hidden) {
          expect(couldDiffer(counts, hidden, key)).toBe(true);
          expect(otherWeek(counts, hidden, key), `${key} of ${JSON.stringify(regions)}`).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('T33: no sum tells that its hidden numbers together are fewer than ten', () => {
    fc.assert(
      fc.property(weeks, (regions) => {
        const counts = drawWeek(regions);
        const hidden = hiddenCounts(counts);
        for (const node of new Set(counts.flatMap(({ from, to }) => [from, to])))
          expect(isSmall(remainderAt(counts, hidden, node)), node).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  it('T33: hiding the small numbers alone would not do; the search for another week notices', () => {
    const counts = drawWeek(week([40, 3, 15], [60, 20, 30]));
    const small = new Set(['10 missed']);
    expect(couldDiffer(counts, small, '10 missed')).toBe(false);
    expect(otherWeek(counts, small, '10 missed')).toBe(false);
  });

  it('T33: 10 000 pairs of shown numbers subtracted from each other give no hidden one with certainty', () => {
    let recovered = 0;
    let pairs = 0;
    fc.assert(
      fc.property(weeks, fc.infiniteStream(fc.nat()), (regions, dice) => {
        const counts = drawWeek(regions);
        const hidden = hiddenCounts(counts);
        const nodes = [...new Set(counts.flatMap(({ from, to }) => [from, to]))];
        for (let round = 0; round < 20; round += 1) {
          pairs += 1;
          // The reader takes two sums of the page, subtracts what is shown in them, and looks at what is left.
          const [one, other] = [dice.next().value % nodes.length, dice.next().value % nodes.length].map(
            (index) => nodes[index],
          );
          const left = new Map<string, number>();
          for (const node of [one, other])
            for (const { key, from, to } of counts)
              if (hidden.has(key))
                left.set(key, (left.get(key) ?? 0) + Number(to === node) - Number(from === node));
          const open = [...left].filter(([, sign]) => sign !== 0);
          if (open.length === 1) recovered += 1;
        }
      }),
      { numRuns: 500 },
    );
    expect({ pairs, recovered }).toEqual({ pairs: 10_000, recovered: 0 });
  });
});
