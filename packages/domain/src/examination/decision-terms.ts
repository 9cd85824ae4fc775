import type { PolicyValues } from '../policies/index.ts';
import { addDays, addMonths, type PlainDate } from '../shared/index.ts';
import type { ConclusionContent, DecisionTerm, DisabilityOutcome, Term } from './decision.ts';

/** Age at which one is an adult: groups from then on, the category "child with disability" before. */
export const ADULT_AGE = 18;

/** A term as a form names it: `months-12`, `age-7`, `indefinite`. */
export type TermCode = string;

/** Everything that decides which terms may be set. */
export interface TermFacts {
  /** PX-01: the day terms in months are counted from. */
  examinedOn: PlainDate;
  ageYears: number;
  terms: PolicyValues['decision.terms'];
}

/**
 * PX-30: the terms that may be set for an element, in the order of a form. A child's term may last until an age not reached yet, and
 * none is without end or longer than childhood; for adults ages mean nothing. What stands beside disability follows the adult list.
 */
export function termCodes(facts: TermFacts, outcome: DisabilityOutcome | null): TermCode[] {
  const { ageYears, terms } = facts;
  if (outcome !== 'child')
    return [...terms.months.map((months) => `months-${months}`), ...(terms.indefinite ? ['indefinite'] : [])];
  return [
    ...terms.months
      .filter((months) => ageYears * 12 + months <= ADULT_AGE * 12)
      .map((months) => `months-${months}`),
    ...terms.childUntil.filter((age) => age > ageYears).map((age) => `age-${age}`),
  ];
}

/** The term a code stands for; null when it is no code. Terms in months end on the day that many months after the examination. */
export function termOfCode(code: TermCode, examinedOn: PlainDate): DecisionTerm | null {
  if (code === 'indefinite') return { kind: 'indefinite' };
  const [, unit, number] = /^(months|age)-(\d{1,3})$/.exec(code) ?? [];
  if (unit === 'months') return { kind: 'until', until: addMonths(examinedOn, Number(number)) };
  return unit === 'age' ? { kind: 'until-age', age: Number(number) } : null;
}

/** Whether a term is one of those that may be set. */
export function mayBeSet(term: DecisionTerm, facts: TermFacts, outcome: DisabilityOutcome | null): boolean {
  return termCodes(facts, outcome).some((code) => sameTerm(termOfCode(code, facts.examinedOn), term));
}

function sameTerm(left: DecisionTerm | null, right: DecisionTerm): boolean {
  if (left?.kind !== right.kind) return false;
  if (left.kind === 'until' && right.kind === 'until') return left.until === right.until;
  return left.kind !== 'until-age' || right.kind !== 'until-age' || left.age === right.age;
}

/**
 * The same conclusion with every term as a date, for those who know the person: a term until an age ends the day before that birthday,
 * and a child's ends with childhood at the latest.
 */
export function datedConclusion(
  conclusion: ConclusionContent<DecisionTerm>,
  birthDate: PlainDate,
): ConclusionContent {
  const child = conclusion.disability.outcome === 'child';
  const eve = (age: number) => addDays(addMonths(birthDate, age * 12), -1);
  const dated = (term: DecisionTerm): Term =>
    term.kind === 'until-age' ? { kind: 'until', until: eve(term.age) } : term;
  const own = conclusion.disability.term && dated(conclusion.disability.term);
  const grown = eve(ADULT_AGE);
  const { generalLoss, professionalLoss, programme } = conclusion;
  return {
    ...conclusion,
    disability: {
      ...conclusion.disability,
      term: child && own?.kind === 'until' && own.until > grown ? { kind: 'until', until: grown } : own,
    },
    generalLoss: generalLoss && { ...generalLoss, term: dated(generalLoss.term) },
    professionalLoss: professionalLoss && { ...professionalLoss, term: dated(professionalLoss.term) },
    programme: programme && { ...programme, term: dated(programme.term) },
  };
}
