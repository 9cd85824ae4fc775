import type { PlainDate } from '../shared/index.ts';

/** Why an organisation is not entered as a dispensary. */
export const DISPENSARY_REFUSALS = ['period-order', 'overlaps'] as const;
export type DispensaryRefusal = (typeof DISPENSARY_REFUSALS)[number];

interface Period {
  bin: string;
  validFrom: PlainDate;
  /** Last day; null while there is none. */
  validUntil: PlainDate | null;
}

/** F009, SN-01: whether an organisation may stand as a dispensary for these days: in order, and on no day twice. Null when it may. */
export function decideDispensary(known: readonly Period[], wanted: Period): DispensaryRefusal | null {
  if (wanted.validUntil !== null && wanted.validUntil < wanted.validFrom) return 'period-order';
  const meets = (row: Period) =>
    row.bin === wanted.bin &&
    (row.validUntil === null || row.validUntil >= wanted.validFrom) &&
    (wanted.validUntil === null || wanted.validUntil >= row.validFrom);
  return known.some(meets) ? 'overlaps' : null;
}
