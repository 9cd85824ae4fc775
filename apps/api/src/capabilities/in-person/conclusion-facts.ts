import type { forms } from '@mse/db/schema';
import { datedConclusion, type DecisionFacts, readDecision } from '@mse/domain/examination';
import type { ConclusionContent, DecisionProblem, DecisionTyped } from '@mse/domain/examination';
import { ageOn } from '@mse/domain/intake';
import { policyOn } from '@mse/domain/policies';
import { type PlainDate, type Result, toBusinessDate } from '@mse/domain/shared';
import type { Deps } from '../../deps.ts';
import type { Person } from '../identity/people.ts';

/** PX-30: what the conclusion of a head is held against; the day of examination is today (PX-35). */
export function conclusionFacts(
  deps: Deps,
  form: typeof forms.$inferSelect,
  person: Person,
  at: Date,
): DecisionFacts {
  const examinedOn = toBusinessDate(at);
  const policies = deps.reference.policies();
  return {
    examinedOn,
    ageYears: ageOn(person.birthDate, examinedOn),
    purpose: form.purpose,
    terms: policyOn(policies, 'decision.terms', examinedOn),
    elements: policyOn(policies, 'decision.elements', examinedOn),
  };
}

/** The conclusion as typed, with every term as a date; or everything that is wrong with it, by field. */
export function readConclusion(
  typed: DecisionTyped,
  facts: DecisionFacts,
  birthDate: PlainDate,
): Result<ConclusionContent, DecisionProblem[]> {
  const read = readDecision({ ...typed, kind: 'conclusion' }, facts);
  if (!read.ok) return read;
  if (read.value.kind !== 'conclusion') throw new Error('A conclusion was read as something else');
  return { ok: true, value: datedConclusion(read.value.conclusion, birthDate) };
}
