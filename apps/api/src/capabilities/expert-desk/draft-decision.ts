import { asExpert } from '@mse/db';
import { decisionDrafts } from '@mse/db/schema';
import {
  type DecisionContent,
  type DecisionProblem,
  decisionTyped,
  readDecision,
  signedDecisionText,
} from '@mse/domain/examination';
import { eq } from 'drizzle-orm';
import type { CallContext } from '../../trpc.ts';
import { decisionFacts, examinedOn, readDossier, textFacts } from './dossier.ts';
import type { OwnExpert, OwnPart } from './own-part.ts';

/** The decision of a draft, whole and ready to be signed, or what is wrong with it. */
export type DraftDecision =
  | { kind: 'none' }
  | { kind: 'problems'; problems: DecisionProblem[] }
  | { kind: 'whole'; version: number; content: DecisionContent; text: string };

/** PX-30: reads the decision that stands in the draft of a part and writes the text to sign. */
export async function draftDecision(
  call: CallContext,
  part: OwnPart,
  expert: OwnExpert,
): Promise<DraftDecision> {
  const { deps } = call;
  const { dossier, draft } = await asExpert(deps.db, expert.id, async (tx) => {
    const [draft] = await tx.select().from(decisionDrafts).where(eq(decisionDrafts.assignmentId, part.id));
    return { dossier: await readDossier(tx, part.caseId), draft };
  });
  if (!draft) return { kind: 'none' };
  const day = await examinedOn(deps, part.caseId);
  const read = readDecision(decisionTyped(draft.content), decisionFacts(deps, dossier, day));
  if (!read.ok) return { kind: 'problems', problems: read.refusal };
  return {
    kind: 'whole',
    version: draft.version,
    content: read.value,
    text: signedDecisionText(read.value, textFacts(dossier, part, expert, day)),
  };
}

/** What a signature is bound to: the part and the version of its draft, so that a decision changed since is not signed by it. */
export const decisionSubject = (part: OwnPart, version: number) => `assignment:${part.id}:${version}`;
