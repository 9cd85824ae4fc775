/**
 * Plain sums over bookings, visits and messages. They add up: the sums of a region are those of its departments, the sums of a month
 * those of its weeks. Every share and every quotient is made of them afterwards, so that no report averages averages.
 */
export interface Sums {
  /** Bookings for the days of the period. One that was moved counts on its new day only. */
  bookings: number;
  /** Of them, cancelled by the person (EQ-12). */
  cancelled: number;
  /** Of them, people who arrived in time. */
  kept: number;
  /** Of them, annulled because nobody came in time (EQ-14). */
  missed: number;
  /** People who arrived, with a booking or in the live queue. */
  visits: number;
  /** Of them, in the live queue (EQ-15). */
  live: number;
  /** Of them, whose examination was finished. */
  served: number;
  /** People with a booking who were called at least once. */
  called: number;
  /** Of them, called in time: see PUNCTUAL_MINUTES. */
  calledInTime: number;
  /** Minutes of reception: of each department's day from the first call to the last finish. */
  receptionMinutes: number;
  /** Messages about bookings whose delivery is settled for good (EQ-06), by the day they were written. */
  settled: number;
  /** Of them, delivered. */
  delivered: number;
}
export type SumName = keyof Sums;

export const NO_SUMS: Readonly<Sums> = {
  bookings: 0,
  cancelled: 0,
  kept: 0,
  missed: 0,
  visits: 0,
  live: 0,
  served: 0,
  called: 0,
  calledInTime: 0,
  receptionMinutes: 0,
  settled: 0,
  delivered: 0,
};
const SUM_NAMES = Object.keys(NO_SUMS) as SumName[];

/** Sums of several rows together. */
export function addSums(rows: readonly Sums[]): Sums {
  const total: Sums = { ...NO_SUMS };
  for (const row of rows) for (const name of SUM_NAMES) total[name] += row[name];
  return total;
}

/**
 * Minutes after the appointed start, or after the arrival when the person came later, within which a call counts as punctual. The
 * order allows a person 15 minutes (EQ-14); the department is measured by the same.
 */
export const PUNCTUAL_MINUTES = 15;

/** How many bookings lie how many calendar days after the acceptance of their form: days → bookings. They add up, too. */
export type WaitCounts = ReadonlyMap<number, number>;

/** The waits of several rows together. */
export function addWaits(rows: readonly WaitCounts[]): WaitCounts {
  const total = new Map<number, number>();
  for (const row of rows) for (const [days, count] of row) total.set(days, (total.get(days) ?? 0) + count);
  return total;
}

/** The middle wait, in calendar days; of an even number the mean of the two in the middle. Null when nobody waited. */
export function medianWait(waits: WaitCounts): number | null {
  const sorted = [...waits].filter(([, count]) => count > 0).sort(([left], [right]) => left - right);
  const total = sorted.reduce((sum, [, count]) => sum + count, 0);
  if (total === 0) return null;
  const at = (place: number) => {
    let passed = 0;
    for (const [days, count] of sorted) if ((passed += count) > place) return days;
    throw new Error('The place lies outside the counts');
  };
  return (at(Math.floor((total - 1) / 2)) + at(Math.floor(total / 2))) / 2;
}

/** K10, P11: what a report says, in its order. */
export const INDICATORS = [
  'bookings',
  'waiting-days',
  'next-free-days',
  'no-show-share',
  'punctual-share',
  'served-per-hour',
  'live-share',
  'cancelled-share',
  'delivered-share',
] as const;
export type Indicator = (typeof INDICATORS)[number];

/** Unit of an indicator's value; a share lies between 0 and 1. */
export const INDICATOR_UNITS: Record<Indicator, 'count' | 'days' | 'share' | 'rate'> = {
  bookings: 'count',
  'waiting-days': 'days',
  'next-free-days': 'days',
  'no-show-share': 'share',
  'punctual-share': 'share',
  'served-per-hour': 'rate',
  'live-share': 'share',
  'cancelled-share': 'share',
  'delivered-share': 'share',
};

/** Values of a row of a report; null where there was nothing to divide by. */
export type Indicators = Record<Indicator, number | null>;

const share = (part: number, whole: number) => (whole > 0 ? part / whole : null);

/** Share of those who were expected and did not come: cancelled bookings and those still ahead expect nobody. */
export function noShowShareOf(sums: Pick<Sums, 'kept' | 'missed'>): number | null {
  return share(sums.missed, sums.kept + sums.missed);
}

/**
 * The indicators of a row. `nextFreeDays` are calendar days from today to the next free place, which only today knows: null when
 * there is none, or when the row is made of several departments and so has no one answer.
 */
export function indicatorsOf(sums: Sums, waits: WaitCounts, nextFreeDays: number | null): Indicators {
  return {
    bookings: sums.bookings,
    'waiting-days': medianWait(waits),
    'next-free-days': nextFreeDays,
    'no-show-share': noShowShareOf(sums),
    'punctual-share': share(sums.calledInTime, sums.called),
    'served-per-hour': share(sums.served * 60, sums.receptionMinutes),
    'live-share': share(sums.live, sums.visits),
    'cancelled-share': share(sums.cancelled, sums.bookings),
    'delivered-share': share(sums.delivered, sums.settled),
  };
}

/** The row with the highest value; null when no row has one. Of equals the first. */
export function highestOf<Row>(rows: readonly Row[], value: (row: Row) => number | null): Row | null {
  let found: Row | null = null;
  let most = -Infinity;
  for (const row of rows) {
    const one = value(row);
    if (one !== null && one > most) [found, most] = [row, one];
  }
  return found;
}
