import type { DecisionFormOutput, PartInput } from '@mse/contracts/expert-desk';
import { decisionDrafts } from '@mse/db/schema';
import {
  ADULT_AGE,
  askedOf,
  changedFields,
  decisionTyped,
  DISABILITY_OUTCOMES,
  termCodes,
} from '@mse/domain/examination';
import { DECISION_ELEMENTS, type DecisionElement, type ElementAsked } from '@mse/domain/policies';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { type CallContext, notFound } from '../../trpc.ts';
import { decisionFacts, examinedOn, readDossier } from './dossier.ts';
import { readOwnPart } from './own-part.ts';

/** X04: what the form of a decision asks for this case, and what was typed so far. */
export async function getDecisionForm(
  call: CallContext,
  { assignmentId }: z.output<typeof PartInput>,
): Promise<z.input<typeof DecisionFormOutput>> {
  const { deps, at } = call;
  const { part, dossier, draft } = await readOwnPart(call, assignmentId, async (tx, part) => {
    if (part.state !== 'open') throw notFound();
    const [draft] = await tx.select().from(decisionDrafts).where(eq(decisionDrafts.assignmentId, part.id));
    return { part, dossier: await readDossier(tx, part.caseId), draft };
  });
  const day = await examinedOn(deps, part.caseId);
  const facts = decisionFacts(deps, dossier, day);
  const isChild = dossier.ageYears < ADULT_AGE;
  const typed = decisionTyped(draft?.content ?? {});
  const earlier = draft?.earlier ? decisionTyped(draft.earlier) : null;
  return {
    assignmentId: part.id,
    caseCode: part.caseCode,
    dueAt: part.dueAt.toISOString(),
    overdue: part.dueAt < at,
    now: at.toISOString(),
    purpose: dossier.purpose,
    sex: dossier.sex,
    ageYears: dossier.ageYears,
    icd10: dossier.icd10,
    examinedOn: day,
    asked: Object.fromEntries(
      DECISION_ELEMENTS.map((element) => [element, askedOf(facts, element)]),
    ) as Record<DecisionElement, ElementAsked>,
    outcomes: DISABILITY_OUTCOMES.filter(
      (outcome) => outcome === 'not-established' || (outcome === 'child') === isChild,
    ),
    terms: {
      disability: termCodes(facts, isChild ? 'child' : null),
      capacity: termCodes(facts, null),
      programme: termCodes(facts, isChild ? 'child' : null),
    },
    draft: draft ? { version: draft.version, savedAt: draft.savedAt.toISOString(), typed } : null,
    earlier:
      earlier && draft?.earlierAt
        ? { at: draft.earlierAt.toISOString(), typed: earlier, changed: changedFields(earlier, typed) }
        : null,
  };
}
