/** Fewest decisions from which a share is said: of fewer a single case would show. */
export const LEAST_COUNTED = 10;

/** What one expert did in a month, counted. */
export interface ExpertWork {
  services: number;
  inTime: number;
  /** Decisions whose case has a final conclusion, and how many of them say the same; being late is no difference, it is counted apart. */
  counted: number;
  met: number;
}

/** Shares of one expert in percent with one decimal; null where too few cases stand behind them. */
export interface WorkShares {
  inTime: number | null;
  differing: number | null;
}

const percent = (part: number, whole: number) => Math.round((part / whole) * 1000) / 10;

/** Punctuality and the share of differing conclusions of one expert, or of all together; small numbers are hidden. */
export function workShares(work: ExpertWork): WorkShares {
  return {
    inTime: work.services < LEAST_COUNTED ? null : percent(work.inTime, work.services),
    differing: work.counted < LEAST_COUNTED ? null : percent(work.counted - work.met, work.counted),
  };
}

/** Everybody's work added up: the average the single shares are held against. */
export function allWork(works: readonly ExpertWork[]): ExpertWork {
  const sum = (of: (work: ExpertWork) => number) => works.reduce((total, work) => total + of(work), 0);
  return {
    services: sum((work) => work.services),
    inTime: sum((work) => work.inTime),
    counted: sum((work) => work.counted),
    met: sum((work) => work.met),
  };
}

/**
 * Whether an expert's conclusions differ far more often than everybody's: twice the average and at least ten points above it. A sign to
 * look, never a judgement.
 */
export function differsFar(own: WorkShares, average: WorkShares): boolean {
  return (
    own.differing !== null &&
    average.differing !== null &&
    own.differing >= average.differing * 2 &&
    own.differing - average.differing >= 10
  );
}
