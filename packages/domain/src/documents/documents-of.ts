import type { ConclusionContent, DisabilityCause, Term } from '../examination/index.ts';
import type { ExaminationPurpose } from '../intake/index.ts';
import type { PlainDate } from '../shared/index.ts';
import type { DocumentKind } from './kinds.ts';

/** A document that follows from a conclusion. `validUntil`: its last day; null when it has no term. */
export interface DocumentPlan {
  kind: DocumentKind;
  validUntil: PlainDate | null;
}

/** PX-53: causes for which the parts of the programme are handed over whole. */
const WHOLE_PART_CAUSES: readonly (DisabilityCause | null | undefined)[] = [
  'work-injury',
  'occupational-disease',
];

/** Purposes that ask about disability; the first of them is the first examination. */
const DISABILITY_PURPOSES: readonly ExaminationPurpose[] = [
  'disability-first',
  'disability-repeated',
  'disability-cause',
];

/**
 * PX-53: the documents a conclusion is handed over in, in the order of the standard. Who is not recognised gets a notice at a
 * repeated examination and the notification of the conclusion at the first one; nobody is left without a document.
 */
export function documentsOf(content: ConclusionContent, purpose: ExaminationPurpose): DocumentPlan[] {
  const plans: DocumentPlan[] = [];
  const add = (kind: DocumentKind, term: Term | null) =>
    plans.push({ kind, validUntil: term?.kind === 'until' ? term.until : null });
  const { disability, programme, generalLoss, professionalLoss, injuredWorkerNeeds } = content;
  const established = disability.outcome !== 'not-established';
  const whole =
    WHOLE_PART_CAUSES.includes(established ? disability.cause : null) ||
    WHOLE_PART_CAUSES.includes(professionalLoss?.cause);

  if (established) add('disability-certificate', disability.term);
  if (programme && programme.social.length > 0)
    add(whole ? 'social-part' : 'social-part-extract', programme.term);
  if (programme && programme.vocational.length > 0)
    add(whole ? 'vocational-part' : 'vocational-part-extract', programme.term);
  if (generalLoss) add('general-loss-certificate', generalLoss.term);
  if (professionalLoss) {
    add('professional-loss-certificate', professionalLoss.term);
    add('professional-loss-extract', professionalLoss.term);
  }
  if (injuredWorkerNeeds && injuredWorkerNeeds.length > 0)
    add('injured-worker-need', professionalLoss?.term ?? disability.term);
  if (!established && DISABILITY_PURPOSES.includes(purpose))
    add(purpose === 'disability-first' ? 'conclusion-notification' : 'not-established-notice', null);
  if (plans.length === 0) add('conclusion-notification', null);
  return plans;
}

/**
 * PX-38: the adopted conclusion as an SMS may say it, on a screen that lies open: found or not found, or decided when disability was
 * not asked about. Group, cause and diagnosis stay in the cabinet.
 */
export type PlainOutcome = 'established' | 'not-established' | 'decided';
export function plainOutcome(content: ConclusionContent, purpose: ExaminationPurpose): PlainOutcome {
  if (content.disability.outcome !== 'not-established') return 'established';
  return DISABILITY_PURPOSES.includes(purpose) ? 'not-established' : 'decided';
}
