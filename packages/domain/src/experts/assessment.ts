/**
 * AS-02: what is counted of one expert in a period. `services`: K1, conclusions whose case has its final conclusion; `firstInsured`: K2,
 * first examinations of participants of the compulsory social insurance; `repeatedLoss`: K3, re-examinations with a set degree of general
 * loss; `programmes`: K4, persons with disability for whom a programme was made. `met` are those of them that meet their criterion.
 */
export const ASSESSMENT_PARTS = ['services', 'firstInsured', 'repeatedLoss', 'programmes'] as const;
export type AssessmentPart = (typeof ASSESSMENT_PARTS)[number];

/** One of the up to four shares: `met` of `counted`. Whole numbers, `met` at most `counted`. */
export interface PartCounts {
  counted: number;
  met: number;
}
export type AssessmentCounts = Record<AssessmentPart, PartCounts>;

/** One line of the explanation: a share in percent, rounded to two decimals for reading; the result is made of the exact ones. */
export interface AssessmentLine {
  part: AssessmentPart;
  counted: number;
  met: number;
  /** Null when nothing was counted: the part does not enter the mean. */
  sharePercent: string | null;
}

/** An assessment that a doctor can check by hand: every share, how many of them, and the mean in percent with two decimals. */
export interface Assessment {
  method: 'mean-of-shares-1';
  lines: AssessmentLine[];
  /** C of the order: number of shares that enter the mean. */
  shares: number;
  /** Percent with two decimals, rounded half up: `93.75`. */
  percent: string;
}

/**
 * AS-03, method `mean-of-shares-1`: (A1/K1 + A2/K2 + A3/K3 + A4/K4) × 100 / C over the parts with K ≥ 1. Null when nothing was counted
 * at all: no cases means no assessment, not zero. Exact: the sum is a fraction of whole numbers, rounded once at the end.
 */
export function assess(counts: AssessmentCounts): Assessment | null {
  const entering = ASSESSMENT_PARTS.filter((part) => counts[part].counted > 0);
  if (entering.length === 0) return null;
  let numerator = 0n;
  let denominator = 1n;
  for (const part of entering) {
    const { counted, met } = counts[part];
    if (!Number.isSafeInteger(counted) || !Number.isSafeInteger(met) || met < 0 || met > counted)
      throw new Error('Counts of an assessment that cannot be');
    numerator = numerator * BigInt(counted) + BigInt(met) * denominator;
    denominator *= BigInt(counted);
  }
  return {
    method: 'mean-of-shares-1',
    lines: ASSESSMENT_PARTS.map((part) => {
      const { counted, met } = counts[part];
      return {
        part,
        counted,
        met,
        sharePercent: counted === 0 ? null : twoDecimals(BigInt(met) * 100n, BigInt(counted)),
      };
    }),
    shares: entering.length,
    percent: twoDecimals(numerator * 100n, denominator * BigInt(entering.length)),
  };
}

/**
 * AS-07, method `mean-of-signed-months-1`: the yearly assessment is the mean of the signed monthly ones, with two decimals, rounded half
 * up. Null when no month was signed. `months` are percents as `assess` writes them.
 */
export function assessYear(months: readonly string[]): string | null {
  if (months.length === 0) return null;
  const sum = months.reduce((total, percent) => total + hundredths(percent), 0n);
  return twoDecimals(sum, BigInt(months.length) * 100n);
}

/** A non-negative decimal with at most two places as a whole number of hundredths. */
export function hundredths(text: string): bigint {
  const [, whole, places = ''] = /^(\d+)(?:\.(\d{1,2}))?$/.exec(text) ?? [];
  if (whole === undefined) throw new Error('Not a decimal with at most two places');
  return BigInt(whole) * 100n + BigInt(places.padEnd(2, '0'));
}

/** A non-negative fraction as a decimal with two places, rounded half up. */
export function twoDecimals(numerator: bigint, denominator: bigint): string {
  const rounded = (numerator * 200n + denominator) / (denominator * 2n);
  return writeHundredths(rounded);
}

/** A whole number of hundredths as a decimal with two places. */
export function writeHundredths(value: bigint): string {
  const digits = value.toString().padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
