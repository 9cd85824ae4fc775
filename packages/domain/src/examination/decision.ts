import type { PlainDate } from '../shared/index.ts';

/** What is found about disability. `not-established` is a value of its own in the comparison (PX-33). */
export const DISABILITY_OUTCOMES = ['group-1', 'group-2', 'group-3', 'child', 'not-established'] as const;
export type DisabilityOutcome = (typeof DISABILITY_OUTCOMES)[number];

/** Causes of disability and of loss of professional capacity. */
export const DISABILITY_CAUSES = [
  'general-disease',
  'work-injury',
  'occupational-disease',
  'since-childhood',
  'military-service',
  'ecological',
] as const;
export type DisabilityCause = (typeof DISABILITY_CAUSES)[number];

/** Until when something is set: the last day, or without a term. */
export type Term = { kind: 'until'; until: PlainDate } | { kind: 'indefinite' };

/**
 * A term as an expert sets it, who does not know the birth date (PX-04): "until seven years of age" has no date yet. `datedConclusion`
 * gives it one where the person is known.
 */
export type DecisionTerm = Term | { kind: 'until-age'; age: number };

/** PX-30: everything an expert or a head of department decides. Percentages are whole numbers from 0 to 100. */
export interface ConclusionContent<SetTerm extends DecisionTerm = Term> {
  disability: { outcome: DisabilityOutcome; cause: DisabilityCause | null; term: SetTerm | null };
  /** Degree of loss of general working capacity, УОТ; null when it is not asked for. */
  generalLoss: { percent: number; term: SetTerm } | null;
  /** Degree of loss of professional working capacity, УПТ. */
  professionalLoss: { percent: number; cause: DisabilityCause; term: SetTerm } | null;
  /** Parts of the individual programme: codes of measures in words, one a line; null when no programme is made. */
  programme: { social: string[]; vocational: string[]; term: SetTerm } | null;
  /** Kinds of extra help and care an injured worker needs; null when not asked for. */
  injuredWorkerNeeds: string[] | null;
  /** Clinical-expert diagnosis. */
  diagnosis: string;
  reasons: string;
}

/** PX-31: kinds of nonconformity. */
export const NONCONFORMITY_KINDS = ['diagnosis-not-listed', 'purpose', 'evidence'] as const;
export type NonconformityKind = (typeof NONCONFORMITY_KINDS)[number];

/** PX-30, PX-31: what an expert signs. */
export type DecisionContent =
  | { kind: 'conclusion'; conclusion: ConclusionContent<DecisionTerm> }
  | { kind: 'nonconformity'; kinds: NonconformityKind[]; reasons: string };
