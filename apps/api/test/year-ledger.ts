import type { ConclusionContent, DecisionContent } from '@mse/domain/examination';
import { addDays, type PlainDate, plainDate, toBusinessTime } from '@mse/domain/shared';

/**
 * A second opinion on a year of the register: days, terms, assessments and money counted from what the test itself saw happen, with whole
 * numbers and none of the product's functions for them.
 */

/** Public holidays of the year of the test that fall on a day of the week from Monday to Friday. */
export const HOLIDAYS = [
  '2027-01-01',
  '2027-01-07',
  '2027-03-08',
  '2027-03-22',
  '2027-03-23',
  '2027-05-07',
  '2027-05-10',
  '2027-07-06',
  '2027-08-30',
  '2027-10-25',
  '2027-12-16',
  '2028-01-07',
].map(plainDate);

/** Whether people work on a day. */
export function isWorkday(day: PlainDate): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !HOLIDAYS.includes(day);
}

/** The working day that many working days after a day. */
export function workdayAfter(day: PlainDate, count: number): PlainDate {
  let found = day;
  for (let left = count; left > 0;) {
    found = addDays(found, 1);
    if (isWorkday(found)) left -= 1;
  }
  return found;
}

/** PX-17, PX-20, PX-21: last minute of a part that was dealt (three working days, the one of arrival included) or moved (the next working day). */
export function partDue(arrived: Date, cause: string): string {
  const { date, time } = toBusinessTime(arrived);
  const counted = cause === 'dealt' && isWorkday(date) && time <= '16:00';
  return `${workdayAfter(date, cause !== 'dealt' ? 1 : counted ? 2 : 3)}T18:00`;
}

/** What became of a case, as the test saw it. */
export interface SeenCase {
  purpose: 'disability-first' | 'disability-repeated';
  insured: boolean;
  /** The comparison came to nonconformity. */
  nonconformity: boolean;
  final: { content: ConclusionContent; at: Date } | null;
}

/** A decision of an independent expert, as the test saw it signed. */
export interface SeenDecision {
  expertId: string;
  /** First day of the month it was signed in. */
  month: PlainDate;
  caseId: string;
  inTime: boolean;
  content: DecisionContent;
}

/** AS-02 to AS-04: the percent of one expert's decisions of a month at the moment of counting, and the services. Null: nothing to assess. */
export function percentOf(
  own: readonly SeenDecision[],
  cases: ReadonlyMap<string, SeenCase>,
  countedAt: Date,
): { percent: string | null; counts: [met: number, counted: number][] } {
  const counts: [number, number][] = [
    [0, 0],
    [0, 0],
    [0, 0],
    [0, 0],
  ];
  const count = (part: number, met: boolean) => {
    const pair = counts[part];
    if (!pair) throw new Error('No such part');
    pair[1] += 1;
    if (met) pair[0] += 1;
  };
  for (const { caseId, inTime, content } of own) {
    const seen = cases.get(caseId);
    if (!seen?.final || seen.final.at > countedAt) continue;
    const final = seen.final.content;
    const said = content.kind === 'conclusion' ? content.conclusion : null;
    count(0, inTime && (said ? said.disability.outcome === final.disability.outcome : seen.nonconformity));
    const sameLoss =
      inTime && said !== null && (said.generalLoss?.percent ?? null) === (final.generalLoss?.percent ?? null);
    if (seen.purpose === 'disability-first' && seen.insured) count(1, sameLoss);
    if (seen.purpose === 'disability-repeated' && final.generalLoss) count(2, sameLoss);
    if (final.programme && final.disability.outcome !== 'not-established') {
      const [mine, theirs] = [said?.programme, final.programme];
      count(
        3,
        inTime &&
          !!mine &&
          mine.social.length > 0 === theirs.social.length > 0 &&
          mine.vocational.length > 0 === theirs.vocational.length > 0,
      );
    }
  }
  const shares = counts.filter(([, counted]) => counted > 0);
  if (shares.length === 0) return { percent: null, counts };
  // The sum of fractions over the product of all counts, then one division.
  const product = shares.reduce((all, [, counted]) => all * BigInt(counted), 1n);
  const sum = shares.reduce((all, [met, counted]) => all + (product / BigInt(counted)) * BigInt(met), 0n);
  return { percent: written(halfUp(sum * 10_000n, product * BigInt(shares.length))), counts };
}

/** AS-07: the mean of percents. */
export function meanOf(percents: readonly string[]): string {
  return written(
    halfUp(
      percents.reduce((sum, percent) => sum + read(percent), 0n),
      BigInt(percents.length),
    ),
  );
}

/** PY-03, PY-04: price of a service and the amount of an act. */
export function amountOf(
  tariff: string,
  percent: string,
  services: number,
): { unitPrice: string; amount: string } {
  const price = halfUp(read(tariff) * read(percent), 10_000n);
  return { unitPrice: written(price), amount: written(price * BigInt(services)) };
}

/** A decimal as its hundredths: `12`, `12.5`, `12.50`, `12,5`. */
export function read(text: string): bigint {
  const [whole = '', places = ''] = text.replace(',', '.').split('.');
  if (!/^\d+$/.test(whole) || !/^\d{0,2}$/.test(places)) throw new Error('Not a decimal of two places');
  return BigInt(whole + places.padEnd(2, '0'));
}

/** Hundredths as a decimal. */
export function written(hundredths: bigint): string {
  return `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, '0')}`;
}

function halfUp(numerator: bigint, denominator: bigint): bigint {
  const [whole, rest] = [numerator / denominator, numerator % denominator];
  return rest * 2n >= denominator ? whole + 1n : whole;
}
