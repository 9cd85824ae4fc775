import type { Service } from './service.ts';

/** Something whose speed is measured: one call does one unit of work. */
export interface Contestant {
  name: string;
  /** `worker` counts the callers that work side by side, from 0. */
  fn: (worker: number) => Promise<unknown>;
}

export interface MeasureOptions {
  /** Rounds in which everybody has one turn; 5 when absent. */
  rounds?: number;
  /** Seconds of one turn; 2 when absent. */
  seconds?: number;
  /** Callers side by side; 1 when absent. */
  concurrency?: number;
}

/** Calls per second of one contestant over all rounds. */
export interface Measured {
  name: string;
  perSecond: number[];
  median: number;
  minimum: number;
  maximum: number;
}

/** One line of `npm run bench`. */
export interface BenchLine {
  name: string;
  /** Median of the ratios of the rounds, each against the reference of the same round. */
  ratio: number;
  minimum: number;
  maximum: number;
  target: number;
  /** Whether the ratio shall be at least or at most the target. */
  wanted: 'at least' | 'at most';
  /** An absolute figure or a remark. */
  note?: string;
}

/** What a bench may use: the running service of this `npm run bench`. */
export interface BenchContext {
  service: Service;
}

/** A bench: the default export of a file `src/bench/*.bench.ts`. */
export interface Bench {
  name: string;
  run(context: BenchContext): Promise<BenchLine[]>;
}

/** Middle value; of an even number of values the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)];
  const lower = sorted[Math.ceil(middle) - 1];
  if (upper === undefined || lower === undefined) throw new Error('There is no median of no values.');
  return (upper + lower) / 2;
}

async function takeTurn(contestant: Contestant, seconds: number, concurrency: number): Promise<number> {
  const since = performance.now();
  const deadline = since + seconds * 1000;
  let calls = 0;
  const work = async (worker: number) => {
    while (performance.now() < deadline) {
      await contestant.fn(worker);
      calls += 1;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, (_, worker) => work(worker)));
  return calls / ((performance.now() - since) / 1000);
}

/**
 * Measures several ways of doing something in turns, so that whatever else the machine does falls on all of
 * them alike. Every second round goes backwards, and one short turn of each warms up.
 * @returns calls per second, in the order of the contestants
 */
export async function measureInterleaved(
  contestants: readonly Contestant[],
  options: MeasureOptions = {},
): Promise<Measured[]> {
  const { rounds = 5, seconds = 2, concurrency = 1 } = options;
  const results = new Map(contestants.map((contestant) => [contestant, [] as number[]]));
  for (const contestant of contestants) await takeTurn(contestant, Math.min(0.5, seconds), concurrency);
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? [...contestants] : [...contestants].reverse();
    for (const contestant of order) {
      results.get(contestant)?.push(await takeTurn(contestant, seconds, concurrency));
    }
  }
  return [...results].map(([contestant, perSecond]) => ({
    name: contestant.name,
    perSecond,
    median: median(perSecond),
    minimum: Math.min(...perSecond),
    maximum: Math.max(...perSecond),
  }));
}

/**
 * A line that sets one contestant against a reference, round by round.
 * @param wanted whether the ratio shall be at least or at most the target
 */
export function ratioLine(
  name: string,
  measured: Measured,
  reference: Measured,
  target: number,
  wanted: BenchLine['wanted'] = 'at least',
): BenchLine {
  const ratios = measured.perSecond.map((value, round) => value / (reference.perSecond[round] ?? Number.NaN));
  return {
    name,
    ratio: median(ratios),
    minimum: Math.min(...ratios),
    maximum: Math.max(...ratios),
    target,
    wanted,
    note: `${Math.round(measured.median)}/s against ${Math.round(reference.median)}/s`,
  };
}
