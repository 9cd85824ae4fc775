import { ok, type PlainDate, refuse, type Result } from '../shared/index.ts';
import { EXCLUSION_GROUNDS, type AbsenceKind, type ExclusionGround } from './states.ts';

/** RG-31: grounds that come from registries by themselves. */
export const AUTOMATIC_GROUNDS = [
  'incapable',
  'left-country',
  'death',
] as const satisfies readonly ExclusionGround[];
/** RG-32: grounds that people propose and confirm. */
export const MANUAL_GROUNDS = ['own-application', 'indicator'] as const satisfies readonly ExclusionGround[];
export type ManualGround = (typeof MANUAL_GROUNDS)[number];

/** RG-31: whether a ground comes by itself. */
export function isAutomatic(ground: ExclusionGround): boolean {
  return (AUTOMATIC_GROUNDS as readonly string[]).includes(ground);
}

/** RG-33: whether an exclusion for this ground bars a new application for good. */
export function barsReentry(ground: ExclusionGround): boolean {
  return ground === 'indicator';
}

/**
 * AS-06, AS-07, PY-01: for so many months whoever was excluded still reads and signs the own months, so that what was done is paid: as long as it
 * takes until the yearly assessment of the last year worked (our default).
 */
export const FORMER_MONTHS = 14;

/** AS-06: whether somebody excluded for this ground can still sign: the dead cannot, and whom a court has found incapable may not. */
export function maySignOwnMonths(ground: ExclusionGround): boolean {
  return ground !== 'death' && ground !== 'incapable';
}

/** Why an exclusion is not proposed or confirmed. */
export const EXCLUSION_REFUSALS = [
  'excluded-already',
  'proposed-already',
  'comes-by-itself',
  'not-failed-enough',
  'not-proposed',
  'own-proposal',
  'effect-changed',
] as const;
export type ExclusionRefusal = (typeof EXCLUSION_REFUSALS)[number];

/** RG-30, RG-32: whether an exclusion may be proposed. Grounds 2) to 4) come from registries; 5) needs its failures. */
export function decideProposal(
  expert: { excluded: boolean; proposalOpen: boolean; failures: number },
  ground: ExclusionGround,
  failuresBorne: number,
): Result<null, ExclusionRefusal> {
  if (expert.excluded) return refuse('excluded-already');
  if (expert.proposalOpen) return refuse('proposed-already');
  if (isAutomatic(ground)) return refuse('comes-by-itself');
  if (ground === 'indicator' && !failsSystematically(expert.failures, failuresBorne))
    return refuse('not-failed-enough');
  return ok(null);
}

/** RG-32: whether a proposed exclusion may be confirmed: by somebody else, for the effect that was shown. */
export function decideConfirmation(
  proposal: { open: boolean; proposedBy: string; openParts: number },
  confirmedBy: string,
  shownParts: number,
): Result<null, ExclusionRefusal> {
  if (!proposal.open) return refuse('not-proposed');
  if (proposal.proposedBy === confirmedBy) return refuse('own-proposal');
  return proposal.openParts === shownParts ? ok(null) : refuse('effect-changed');
}

/** One month of an expert against the planned indicator of the contract. */
export interface IndicatorMonth {
  month: PlainDate;
  target: number;
  done: number;
}

/**
 * RG-30(5): months in which the planned indicator was failed, within the year of the month given (our reading: the law names no
 * period). A month in which the expert was away for at least half of its working days is passed over by the caller.
 */
export function failuresIn(months: readonly IndicatorMonth[], year: string): number {
  return months.filter(({ month, target, done }) => month.startsWith(year) && done < target).length;
}

/** RG-30(5), RG-33: more failures than are borne: the fourth one when three are. */
export function failsSystematically(failures: number, failuresBorne: number): boolean {
  return failures > failuresBorne;
}

/** Why an absence is not taken. */
export const ABSENCE_REFUSALS = [
  'ends-before-it-begins',
  'in-the-past',
  'too-long',
  'overlaps',
  'from-registry',
  'affected-changed',
  'over-already',
] as const;
export type AbsenceRefusal = (typeof ABSENCE_REFUSALS)[number];

/** Longest absence an expert reports at once, days. */
export const ABSENCE_MAX_DAYS = 366;

/** An absence; `until` null while the end is not known. */
export interface Absence {
  kind: AbsenceKind;
  from: PlainDate;
  until: PlainDate | null;
}

/** Whether two absences share a day. */
export function absencesOverlap(left: Omit<Absence, 'kind'>, right: Omit<Absence, 'kind'>): boolean {
  return (
    (right.until === null || left.from <= right.until) && (left.until === null || right.from <= left.until)
  );
}

/** X07, PX-17: whether an expert may report an absence. Sick leave comes from the register of sick lists, not from a form. */
export function decideAbsence(
  wanted: Absence,
  standing: readonly Omit<Absence, 'kind'>[],
  today: PlainDate,
  daysLater: (day: PlainDate, days: number) => PlainDate,
): Result<null, AbsenceRefusal> {
  if (wanted.kind === 'sick-leave') return refuse('from-registry');
  if (wanted.until === null || wanted.until < wanted.from) return refuse('ends-before-it-begins');
  if (wanted.from < today) return refuse('in-the-past');
  if (wanted.until > daysLater(wanted.from, ABSENCE_MAX_DAYS - 1)) return refuse('too-long');
  return standing.some((absence) => absencesOverlap(absence, wanted)) ? refuse('overlaps') : ok(null);
}

/** Whether an expert is here on a day. */
export function isPresentOn(absences: readonly Omit<Absence, 'kind'>[], day: PlainDate): boolean {
  return !absences.some(({ from, until }) => from <= day && (until === null || day <= until));
}

/** Every ground once, so that a screen can list them in the order of the law. */
export const GROUNDS_IN_ORDER: readonly ExclusionGround[] = EXCLUSION_GROUNDS;
