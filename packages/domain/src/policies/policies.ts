import type { PlainDate } from '../shared/index.ts';

/** Kinds of staff and experts that sit on a panel (PX-12, PX-13). */
export const EXPERT_KINDS = ['department-head', 'chief-specialist', 'independent'] as const;
export type ExpertKind = (typeof EXPERT_KINDS)[number];

/** Elements of a decision that not every purpose asks for (PX-30). */
export const DECISION_ELEMENTS = [
  'disability',
  'generalLoss',
  'professionalLoss',
  'programme',
  'injuredWorkerNeeds',
] as const;
export type DecisionElement = (typeof DECISION_ELEMENTS)[number];
export type ElementAsked = 'must' | 'may' | 'none';

/**
 * Numbers and choices of the law that change without code, by name. What the orders leave open stands here as our default,
 * marked `assumed`, so that the Committee can correct it by a new dated row.
 */
export interface PolicyValues {
  /** PX-21: whether the working day of arrival before the cut-off is day one, or the next working day is (civil-law counting). */
  'terms.counting': 'arrival-day' | 'next-day';
  /** PX-21: last minute of a working day that still counts as that day, `HH:mm`. */
  'terms.cut-off': string;
  /** PX-21, PX-23: time of day at which the last day ends, `HH:mm`. */
  'terms.day-ends': string;
  /** PX-20, SN-06, PX-17, PX-22: working days of each track. */
  'terms.days': { ordinary: number; special: number; redistributed: number; extended: number };
  /** PX-16: when the service term of a case begins: with its arrival, or when its number comes to the experts. */
  'terms.run-from': { ordinary: 'arrival' | 'dealing'; special: 'arrival' | 'dealing' };
  /** PX-25: warnings before a term ends: whole working days, and minutes. */
  'terms.warnings': { workingDays: number; minutes: number };
  /** PX-25: least minutes between two messages to an expert that only say that cases came. */
  'terms.notices': { pauseMinutes: number };
  /** PX-12, PX-13, SN-05: one list of admissible kinds for each seat of the panel. */
  'dealing.panel': { ordinary: ExpertKind[][]; special: ExpertKind[][] };
  /** PX-14: last day of a year, `MM-DD`, on which independent experts are dealt cases; from the next day panels are staff only. */
  'dealing.independent-until': string;
  /** PX-14: who sits in the independent expert's place after that day. */
  'dealing.panel-late': { ordinary: ExpertKind[][]; special: ExpertKind[][] };
  /** PX-15: cases one expert is dealt in a day at most, unless the register says otherwise for that expert. */
  'dealing.daily-cap': number;
  /** PX-30: terms until re-examination that may be set: months from the examination, ages a child's term may last until, and whether there may be none. */
  'decision.terms': { months: number[]; childUntil: number[]; indefinite: boolean };
  /** PX-30: which elements a decision must, may or must not hold, by the purpose of the examination. */
  'decision.elements': Record<string, Record<DecisionElement, ElementAsked>>;
  /** PX-33: reading A (majority) or B (unanimity). */
  'comparison.consensus': 'majority' | 'unanimity';
  /** PX-33: decisions of nonconformity that send the person to an in-person visit. */
  'comparison.nonconformity': number;
  /** PX-34, PX-36, PX-37: working days until the invitation is repeated and until the case is closed, from the first SMS. */
  'invitation.days': { repeatAfter: number; closeAfter: number };
  /** PX-34, PX-23: window of the visit, `HH:mm`. */
  'invitation.window': { from: string; until: string };
  /** PX-41: working days to come for a control re-examination. */
  'control.days': number;
  /** FF-02, C1: hours of in-person intake, `HH:mm`. */
  'in-person.hours': { from: string; until: string; lunchFrom: string; lunchUntil: string };
  /** FF-01: minutes of waiting and of service at the counter. */
  'in-person.minutes': { waiting: number; service: number };
  /** FF-01: most minutes of service at each place of examination, the way included; names of `EXAMINATION_PLACES`. */
  'in-person.place-minutes': Record<string, number>;
  /** FF-05: working age in full years; the last years are those before the pension age. */
  'in-person.working-age': { from: number; untilFemale: number; untilMale: number };
  /** RG-01: working days between announcement and intake. */
  'register.announcement-days': number;
  /** RG-08: calendar days for the Committee to check an application. */
  'register.check-days': number;
  /** RG-11, RG-13, RG-14: least share of right answers in percent, calendar days to take the test, retakes, and whether a technical failure uses one up. */
  'register.test': { passPercent: number; days: number; retakes: number; failureUsesRetake: boolean };
  /** RG-20: working days to sign the contract. RG-21: working days to enter the expert. RG-23: months to train. */
  'register.contract': { signDays: number; entryDays: number; trainingMonths: number };
  /** RG-04: hours of training in medico-social examination of the last years, and the work experience that makes it needless. */
  'register.training': { hours: number; years: number; experienceYears: number };
  /** RG-04(2): least continuous work experience in years; null while the law's number is not at hand. */
  'register.experience': { years: number | null };
  /** RG-05: which information of the registries disqualifies a candidate. */
  'register.disqualifying': { psychiatry: boolean; narcology: boolean; criminalRecord: boolean };
  /** RG-30(5): conclusions a month the contract asks for (null: none is set), and how many failures are still borne. */
  'register.indicator': { perMonth: number | null; failuresBorne: number };
  /** AS-03, AS-07: versioned methods of the monthly and the yearly assessment. */
  'assessment.method': { monthly: 'mean-of-shares-1'; yearly: 'mean-of-signed-months-1' };
  /** AS-01, PY-01: day of the next month by which the assessment is made, and the act of works formed. */
  'assessment.days': { assessmentBy: number; actBy: number };
  /** PY-03: tariff of one service in tenge with two decimals, by year; null blocks the act with a clear message. */
  'payment.tariff': { tenge: string | null };
  /** F011: purposes of examination that the remote track does not take; names of `EXAMINATION_PURPOSES`. */
  'intake.barred-purposes': string[];
  /** GV-05, SN-05: where the special mechanism counts, by region and medical system; null means every one. An empty list: nowhere. */
  'intake.special-mechanism': { regions: string[] | null; systems: string[] | null }[];
}
export type PolicyKey = keyof PolicyValues;

/** One dated row of a policy. `assumed`: the order's text is not at hand and this is our default. */
export interface PolicyRow {
  key: string;
  validFrom: PlainDate;
  value: unknown;
  basis: string;
  assumed: boolean;
}

/** The row of a policy that counts on a day: the newest that has begun, before all of them the oldest. A policy without rows is a defect of the database and thrown. */
export function policyRowOn(rows: readonly PolicyRow[], key: PolicyKey, day: PlainDate): PolicyRow {
  const own = rows
    .filter((row) => row.key === key)
    .sort((left, right) => (left.validFrom < right.validFrom ? 1 : -1));
  const row = own.find((each) => each.validFrom <= day) ?? own.at(-1);
  if (!row) throw new Error(`The policy ${key} has no rows`);
  return row;
}

/** The value of a policy on a day. */
export function policyOn<Key extends PolicyKey>(
  rows: readonly PolicyRow[],
  key: Key,
  day: PlainDate,
): PolicyValues[Key] {
  return policyRowOn(rows, key, day).value as PolicyValues[Key];
}
