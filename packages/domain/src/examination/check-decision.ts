import type { ExaminationPurpose } from '../intake/index.ts';
import type { DecisionElement, ElementAsked, PolicyValues } from '../policies/index.ts';
import type { ConclusionContent, DecisionContent, DecisionTerm, DisabilityCause } from './decision.ts';
import { DISABILITY_CAUSES, DISABILITY_OUTCOMES, NONCONFORMITY_KINDS } from './decision.ts';
import { ADULT_AGE, mayBeSet, type TermFacts } from './decision-terms.ts';

/** Fields of a decision, named as a form names them. */
export const DECISION_FIELDS = [
  'kind',
  'disability.outcome',
  'disability.cause',
  'disability.term',
  'generalLoss.percent',
  'generalLoss.term',
  'professionalLoss.percent',
  'professionalLoss.cause',
  'professionalLoss.term',
  'programme.social',
  'programme.vocational',
  'programme.term',
  'injuredWorkerNeeds',
  'diagnosis',
  'reasons',
  'kinds',
] as const;
export type DecisionField = (typeof DECISION_FIELDS)[number];

/** What can be wrong with a field of a decision. */
export const DECISION_PROBLEMS = [
  'required',
  'unknown',
  'not-asked',
  'adults-only',
  'children-only',
  'not-without-disability',
  'cause-of-child',
  'cause-of-work',
  'term-not-listed',
  'percent',
  'too-long',
  'too-many',
] as const;
export type DecisionProblemKind = (typeof DECISION_PROBLEMS)[number];
export interface DecisionProblem {
  field: DecisionField;
  problem: DecisionProblemKind;
}

/** Longest texts of a decision, in characters, and the most lines of a list. */
export const DECISION_LENGTHS = { diagnosis: 2000, reasons: 6000, line: 300, lines: 30 } as const;

/** Everything a decision is held against; the policies are those of the day of examination. */
export interface DecisionFacts extends TermFacts {
  purpose: ExaminationPurpose;
  elements: PolicyValues['decision.elements'];
}

/** PX-05, PX-30: whether an element must, may or must not stand in a decision of this purpose. A purpose nobody has described asks for nothing. */
export function askedOf(facts: DecisionFacts, element: DecisionElement): ElementAsked {
  return facts.elements[facts.purpose]?.[element] ?? 'none';
}

/** Causes of disability that need a working or serving life; a child has none of them. Our reading. */
const ADULT_CAUSES: readonly DisabilityCause[] = ['work-injury', 'occupational-disease', 'military-service'];
/** Causes of loss of professional capacity. */
export const WORK_CAUSES = ['work-injury', 'occupational-disease'] as const satisfies DisabilityCause[];

/** PX-30, PX-31: everything that is wrong with a decision, in the order of a form; nothing when it may be signed. */
export function checkDecision(content: DecisionContent, facts: DecisionFacts): DecisionProblem[] {
  if (content.kind === 'conclusion') return checkConclusion(content.conclusion, facts);
  const problems: DecisionProblem[] = [];
  if (content.kinds.length === 0) problems.push({ field: 'kinds', problem: 'required' });
  else if (
    content.kinds.some((kind) => !NONCONFORMITY_KINDS.includes(kind)) ||
    new Set(content.kinds).size < content.kinds.length
  )
    problems.push({ field: 'kinds', problem: 'unknown' });
  return [...problems, ...checkText('reasons', content.reasons, DECISION_LENGTHS.reasons)];
}

/** PX-30: the same for a conclusion, of an expert or of a head of department. */
export function checkConclusion(
  conclusion: ConclusionContent<DecisionTerm>,
  facts: DecisionFacts,
): DecisionProblem[] {
  return [
    ...checkDisability(conclusion, facts),
    ...checkGeneralLoss(conclusion, facts),
    ...checkProfessionalLoss(conclusion, facts),
    ...checkProgramme(conclusion, facts),
    ...checkNeeds(conclusion, facts),
    ...checkText('diagnosis', conclusion.diagnosis, DECISION_LENGTHS.diagnosis),
    ...checkText('reasons', conclusion.reasons, DECISION_LENGTHS.reasons),
  ];
}

function checkDisability(
  { disability }: ConclusionContent<DecisionTerm>,
  facts: DecisionFacts,
): DecisionProblem[] {
  const { outcome, cause, term } = disability;
  if (!DISABILITY_OUTCOMES.includes(outcome)) return [{ field: 'disability.outcome', problem: 'unknown' }];
  if (outcome === 'not-established') {
    const problems: DecisionProblem[] = [];
    if (cause !== null) problems.push({ field: 'disability.cause', problem: 'not-without-disability' });
    if (term !== null) problems.push({ field: 'disability.term', problem: 'not-without-disability' });
    return problems;
  }
  if (askedOf(facts, 'disability') === 'none') return [{ field: 'disability.outcome', problem: 'not-asked' }];
  const child = outcome === 'child';
  if (child && facts.ageYears >= ADULT_AGE)
    return [{ field: 'disability.outcome', problem: 'children-only' }];
  if (!child && facts.ageYears < ADULT_AGE) return [{ field: 'disability.outcome', problem: 'adults-only' }];
  const problems: DecisionProblem[] = [];
  if (cause === null) problems.push({ field: 'disability.cause', problem: 'required' });
  else if (!DISABILITY_CAUSES.includes(cause))
    problems.push({ field: 'disability.cause', problem: 'unknown' });
  else if (child && ADULT_CAUSES.includes(cause))
    problems.push({ field: 'disability.cause', problem: 'cause-of-child' });
  return [...problems, ...checkTerm('disability.term', term, facts, outcome)];
}

function checkGeneralLoss(
  { generalLoss }: ConclusionContent<DecisionTerm>,
  facts: DecisionFacts,
): DecisionProblem[] {
  const asked = askedOf(facts, 'generalLoss');
  if (generalLoss === null)
    return asked === 'must' ? [{ field: 'generalLoss.percent', problem: 'required' }] : [];
  if (asked === 'none') return [{ field: 'generalLoss.percent', problem: 'not-asked' }];
  return [
    ...checkPercent('generalLoss.percent', generalLoss.percent),
    ...checkTerm('generalLoss.term', generalLoss.term, facts, null),
  ];
}

function checkProfessionalLoss(
  { professionalLoss }: ConclusionContent<DecisionTerm>,
  facts: DecisionFacts,
): DecisionProblem[] {
  const asked = askedOf(facts, 'professionalLoss');
  if (professionalLoss === null)
    return asked === 'must' ? [{ field: 'professionalLoss.percent', problem: 'required' }] : [];
  if (asked === 'none') return [{ field: 'professionalLoss.percent', problem: 'not-asked' }];
  const problems = checkPercent('professionalLoss.percent', professionalLoss.percent);
  if (!(WORK_CAUSES as readonly DisabilityCause[]).includes(professionalLoss.cause))
    problems.push({ field: 'professionalLoss.cause', problem: 'cause-of-work' });
  return [...problems, ...checkTerm('professionalLoss.term', professionalLoss.term, facts, null)];
}

function checkProgramme(
  { programme, disability }: ConclusionContent<DecisionTerm>,
  facts: DecisionFacts,
): DecisionProblem[] {
  const asked = askedOf(facts, 'programme');
  if (programme === null) return asked === 'must' ? [{ field: 'programme.social', problem: 'required' }] : [];
  if (asked === 'none') return [{ field: 'programme.social', problem: 'not-asked' }];
  // A programme is one of a person with disability; where disability itself is not in question, there is one already.
  if (askedOf(facts, 'disability') !== 'none' && disability.outcome === 'not-established')
    return [{ field: 'programme.social', problem: 'not-without-disability' }];
  const problems: DecisionProblem[] = [];
  if (programme.social.length + programme.vocational.length === 0)
    problems.push({ field: 'programme.social', problem: 'required' });
  return [
    ...problems,
    ...checkLines('programme.social', programme.social),
    ...checkLines('programme.vocational', programme.vocational),
    ...checkTerm('programme.term', programme.term, facts, facts.ageYears < ADULT_AGE ? 'child' : null),
  ];
}

function checkNeeds(
  { injuredWorkerNeeds }: ConclusionContent<DecisionTerm>,
  facts: DecisionFacts,
): DecisionProblem[] {
  const asked = askedOf(facts, 'injuredWorkerNeeds');
  if (injuredWorkerNeeds === null)
    return asked === 'must' ? [{ field: 'injuredWorkerNeeds', problem: 'required' }] : [];
  if (asked === 'none') return [{ field: 'injuredWorkerNeeds', problem: 'not-asked' }];
  if (injuredWorkerNeeds.length === 0) return [{ field: 'injuredWorkerNeeds', problem: 'required' }];
  return checkLines('injuredWorkerNeeds', injuredWorkerNeeds);
}

function checkPercent(field: DecisionField, percent: number): DecisionProblem[] {
  return Number.isInteger(percent) && percent >= 0 && percent <= 100 ? [] : [{ field, problem: 'percent' }];
}

function checkTerm(
  field: DecisionField,
  term: DecisionTerm | null,
  facts: DecisionFacts,
  outcome: Parameters<typeof mayBeSet>[2],
): DecisionProblem[] {
  if (term === null) return [{ field, problem: 'required' }];
  return mayBeSet(term, facts, outcome) ? [] : [{ field, problem: 'term-not-listed' }];
}

function checkText(field: DecisionField, text: string, longest: number): DecisionProblem[] {
  if (text.trim() === '') return [{ field, problem: 'required' }];
  return text.length > longest ? [{ field, problem: 'too-long' }] : [];
}

function checkLines(field: DecisionField, lines: readonly string[]): DecisionProblem[] {
  if (lines.length > DECISION_LENGTHS.lines) return [{ field, problem: 'too-many' }];
  const bad = lines.some((line) => line.trim() === '' || line.length > DECISION_LENGTHS.line);
  return bad ? [{ field, problem: 'too-long' }] : [];
}
