import { type Executor, insertMany } from '@mse/db';
import { assignments, cases, decisionDrafts, decisions } from '@mse/db/schema';
import type { DecisionContent } from '@mse/domain/examination';
import { inArray } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { recordAudit } from '../../platform/audit.ts';
import { settleCases } from '../examination/index.ts';
import { type OwnPart, subjectOf } from './own-part.ts';

/** A decision whose signature was taken. */
export interface SignedDecision {
  part: Pick<OwnPart, 'id' | 'caseId' | 'dueAt'>;
  expertId: string;
  /** Person who signed, and the role by which. */
  signer: { personId: string; role: string };
  signingId: string;
  content: DecisionContent;
  text: string;
  signature: Buffer;
  signerSerial: string;
  signedAt: Date;
  requestId: string | null;
}

/** PX-21: whether a decision was signed in time; the last instant still counts. */
export function signedInTime({ part, signedAt }: Pick<SignedDecision, 'part' | 'signedAt'>): boolean {
  return signedAt <= part.dueAt;
}

/**
 * X05, PX-30, PX-32: what a decision leaves behind, in the transaction that used its signature: the decision, the end of its draft, the
 * part signed, the audit row, and what the panel came to. The caller has locked the parts, which are open, and then their cases.
 */
export async function storeDecisions(
  deps: Deps,
  tx: Executor,
  signed: readonly SignedDecision[],
  at: Date,
): Promise<void> {
  if (signed.length === 0) return;
  const partIds = signed.map(({ part }) => part.id);
  const caseIds = [...new Set(signed.map(({ part }) => part.caseId))];
  await insertMany(
    tx,
    decisions,
    signed.map((each) => ({
      id: deps.random.id(at),
      assignmentId: each.part.id,
      caseId: each.part.caseId,
      expertId: each.expertId,
      content: each.content,
      text: each.text,
      signature: each.signature,
      signerSerial: each.signerSerial,
      signedAt: each.signedAt,
      // A hand-over would have closed the part: the deadline is that of this moment.
      inTime: signedInTime(each),
    })),
  );
  await tx.delete(decisionDrafts).where(inArray(decisionDrafts.assignmentId, partIds));
  await tx.update(assignments).set({ state: 'signed', stateAt: at }).where(inArray(assignments.id, partIds));
  const persons = await tx
    .select({ id: cases.id, personId: cases.personId })
    .from(cases)
    .where(inArray(cases.id, caseIds));
  const personOf = new Map(persons.map(({ id, personId }) => [id, personId]));
  await recordAudit(
    tx,
    ...signed.map((each) => ({
      at,
      actor: each.signer.personId,
      actorRole: each.signer.role,
      action: 'expertDesk.sign',
      outcome: 'done' as const,
      personId: personOf.get(each.part.caseId) ?? null,
      subject: subjectOf(each.part),
      requestId: each.requestId,
      detail: {
        signing: each.signingId,
        certificate: each.signerSerial,
        kind: each.content.kind,
        inTime: signedInTime(each),
      },
    })),
  );
  await settleCases(deps, tx, caseIds, at);
}
