/** A reproducible source of choices: the same seed gives the same sequence. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
  /** A whole number between the two, both included. */
  integer(lowest: number, highest: number): number;
  pick<T>(list: readonly T[]): T;
  /** True with the given probability, 0 to 1. */
  chance(probability: number): boolean;
  weighted<T extends { weight: number }>(list: readonly T[]): T;
}

/** Mulberry32: small, fast and good enough for made-up people; never for secrets. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }
  function integer(lowest: number, highest: number): number {
    return lowest + Math.floor(next() * (highest - lowest + 1));
  }
  function pick<T>(list: readonly T[]): T {
    if (list.length === 0) throw new RangeError('Nothing to pick from');
    return list[integer(0, list.length - 1)] as T;
  }
  function weighted<T extends { weight: number }>(list: readonly T[]): T {
    let rest = next() * list.reduce((sum, item) => sum + item.weight, 0);
    for (const item of list) {
      rest -= item.weight;
      if (rest < 0) return item;
    }
    return pick(list);
  }
  return { next, integer, pick, chance: (probability) => next() < probability, weighted };
}
