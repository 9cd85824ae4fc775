import type { ConclusionContent } from '../examination/index.ts';
import type { ExaminationPurpose } from '../intake/index.ts';

/** PX-57: what a person may apply for when disability is established for the first time. */
export const BENEFITS = [
  'state-social-benefit',
  'special-state-benefit',
  'capacity-loss-payment',
  'raising-child-benefit',
  'first-group-care-benefit',
] as const;
export type Benefit = (typeof BENEFITS)[number];

/**
 * PX-57: the five benefits with whether each fits this conclusion, so that the cabinet can offer the fitting ones first and the
 * others with a word why they do not fit. Empty unless disability is established at a first examination.
 */
export function offeredBenefits(
  content: ConclusionContent,
  purpose: ExaminationPurpose,
): { benefit: Benefit; fits: boolean }[] {
  const { outcome } = content.disability;
  if (purpose !== 'disability-first' || outcome === 'not-established') return [];
  const fits: Record<Benefit, boolean> = {
    'state-social-benefit': true,
    'special-state-benefit': true,
    'capacity-loss-payment': content.generalLoss !== null,
    'raising-child-benefit': outcome === 'child',
    'first-group-care-benefit': outcome === 'group-1',
  };
  return BENEFITS.map((benefit) => ({ benefit, fits: fits[benefit] }));
}

/** PX-54: where a part of an approved programme goes. */
export const PROGRAMME_PARTS = ['social', 'vocational'] as const;
export type ProgrammePart = (typeof PROGRAMME_PARTS)[number];

/** PX-54: the parts of the programme that have measures. */
export function handedOverParts(content: ConclusionContent): ProgrammePart[] {
  return PROGRAMME_PARTS.filter((part) => (content.programme?.[part].length ?? 0) > 0);
}

/** PX-56: how far a measure of the programme has come, as the system that carries it out says. */
export const EXECUTION_STATES = ['planned', 'under-way', 'done', 'not-done'] as const;
export type ExecutionState = (typeof EXECUTION_STATES)[number];

/** PX-56: who carries a part out, and so who may report of it. */
export const EXECUTION_SOURCES = ['e-sobes', 'labour-market', 'department'] as const;
export type ExecutionSource = (typeof EXECUTION_SOURCES)[number];

/** PX-56: parts that are carried out: two of the programme, and what the employer does, told by the person at the next examination. */
export const EXECUTED_PARTS = ['social', 'vocational', 'employer'] as const;
export type ExecutedPart = (typeof EXECUTED_PARTS)[number];

const PART_OF: Record<ExecutionSource, ExecutedPart> = {
  'e-sobes': 'social',
  'labour-market': 'vocational',
  department: 'employer',
};

/** PX-56: the one part a source reports of. */
export function reportedPart(source: ExecutionSource): ExecutedPart {
  return PART_OF[source];
}

/** PX-55: working days for a signed list where the military body has no interaction with the bank. */
export const MILITARY_LIST_WORKING_DAYS = 3;

/** PX-55: whether a conclusion about a person liable for service must be told to the local military body. */
export function isToldToMilitaryBody(content: ConclusionContent, liableForService: boolean): boolean {
  return liableForService && content.disability.outcome !== 'not-established';
}
