import { ok, refuse, type Result } from '../shared/index.ts';
import { hundredths, twoDecimals, writeHundredths } from './assessment.ts';

/** PY-03, PY-04: what an act of completed works rests on. Money is a decimal with two places, in tenge. */
export interface PayBasis {
  /** Tariff of one service of the year; null while the Committee has not set it. */
  tariff: string | null;
  /** The signed assessment of the month in percent, or null when there is none. */
  assessmentPercent: string | null;
  /** PY-05: signed decisions of the month. */
  services: number;
}

/** Columns of the price table (PY-03) and the total of the act (PY-04). */
export interface PayLine {
  tariff: string;
  assessmentPercent: string;
  unitPrice: string;
  services: number;
  amount: string;
}

export type PayRefusal = 'no-tariff' | 'no-signed-assessment' | 'no-services';

/**
 * PY-01, PY-03, PY-04: unit price = tariff × assessment / 100, rounded half up to the tiyn; amount = unit price × services, exact.
 * Refused while the tariff is not set, the assessment is not signed, or nothing was done.
 */
export function payFor(basis: PayBasis): Result<PayLine, PayRefusal> {
  if (basis.services === 0) return refuse('no-services');
  if (basis.assessmentPercent === null) return refuse('no-signed-assessment');
  if (basis.tariff === null) return refuse('no-tariff');
  const price = hundredths(basis.tariff) * hundredths(basis.assessmentPercent);
  // Hundredths of a tenge times hundredths of a percent: 10 000 × 100 to the tenge.
  const unitPrice = twoDecimals(price, 1_000_000n);
  return ok({
    tariff: writeHundredths(hundredths(basis.tariff)),
    assessmentPercent: basis.assessmentPercent,
    unitPrice,
    services: basis.services,
    amount: writeHundredths(hundredths(unitPrice) * BigInt(basis.services)),
  });
}

/**
 * PY-01, PY-02: life of an act of completed works. `formed` waits for the expert's signature, `signed` for the Committee, `returned` has
 * remarks and is replaced by a new version, `accepted` goes to the accounts.
 */
export const ACT_STATES = ['formed', 'signed', 'returned', 'accepted'] as const;
export type ActState = (typeof ACT_STATES)[number];
export const ACT_EVENTS = ['sign', 'return', 'accept'] as const;
export type ActEvent = (typeof ACT_EVENTS)[number];

const ACT_TRANSITIONS: Record<ActState, Partial<Record<ActEvent, ActState>>> = {
  formed: { sign: 'signed' },
  signed: { return: 'returned', accept: 'accepted' },
  returned: {},
  accepted: {},
};

/** PY-02: the state an act enters on an event, or a refusal when the table does not know the pair. */
export function decideAct(state: ActState, event: ActEvent): Result<ActState, 'not-possible-now'> {
  const next = ACT_TRANSITIONS[state][event];
  return next ? ok(next) : refuse('not-possible-now');
}
