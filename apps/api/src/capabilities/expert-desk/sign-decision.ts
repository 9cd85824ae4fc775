import type { SignDecisionInput, SignDecisionOutput } from '@mse/contracts/expert-desk';
import { asExpert } from '@mse/db';
import { cases, decisionDrafts, decisions } from '@mse/db/schema';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, signedIn } from '../../trpc.ts';
import { refuseFlood } from '../identity/refuse-flood.ts';
import { useSignature, verifySignature } from '../signing/take-signature.ts';
import { decisionSubject, draftDecision } from './draft-decision.ts';
import {
  lockOpenPart,
  type OwnExpert,
  ownExpert,
  type OwnPart,
  personOfCase,
  readOwnPart,
  subjectOf,
} from './own-part.ts';
import { signedInTime, storeDecisions } from './store-decisions.ts';

type Output = z.input<typeof SignDecisionOutput>;
type Refusal = Extract<Output, { ok: false }>['refusal'];

/**
 * X05, PX-30, T12: takes the signature over the decision. The decision, its signature, the end of the draft, the part signed, the
 * audit row and what the panel came to (PX-33) are one transaction with the use of the text: a process killed in between leaves
 * nothing, and the same signature sent again after an answer was lost is answered with the decision it made. PX-23: at any hour.
 */
export async function signDecision(
  call: CallContext,
  { assignmentId, signingId, cms }: z.output<typeof SignDecisionInput>,
): Promise<Output> {
  const { deps, at, requestId } = call;
  const caller = signedIn(call);
  // Checking a signature is dear.
  await refuseFlood(call, 'signature-network-minute');
  const expert = await ownExpert(call);
  const part = await readOwnPart(call, assignmentId, (_, part) => Promise.resolve(part));
  const made = await ownDecision(call, part, expert);
  if (made) return made;

  const draft = await draftDecision(call, part, expert);
  // Without a whole decision there is nothing the signature could be for: it was changed since the text was made.
  if (draft.kind !== 'whole') return refused(call, part, 'other-document');
  const verified = await verifySignature(
    deps,
    deps.db,
    { signingId, cms, personId: caller.personId, subject: decisionSubject(part, draft.version) },
    at,
  );
  if (!verified.ok) {
    // Somebody was faster with the same text: the own other tab, or the same call sent twice.
    const meanwhile = verified.refusal === 'signing-used' ? await ownDecision(call, part, expert) : null;
    return meanwhile ?? refused(call, part, verified.refusal);
  }
  if (!verified.value.text.startsWith(`${draft.text}\n`)) return refused(call, part, 'other-document');

  const result = await deps.db.transaction(async (tx): Promise<Output | Refusal> => {
    const locked = await lockOpenPart(tx, part.id, expert);
    if (!locked) return 'not-open';
    // Before anything refers to the case: two who sign at once would else each hold what the other waits for.
    await tx.select({ id: cases.id }).from(cases).where(eq(cases.id, part.caseId)).for('update');
    const [kept] = await tx
      .select({ version: decisionDrafts.version })
      .from(decisionDrafts)
      .where(eq(decisionDrafts.assignmentId, part.id));
    if (kept?.version !== draft.version) return 'other-document';
    const used = await useSignature(tx, verified.value, at);
    if (!used.ok) return used.refusal;
    const { text, signature, signerSerial, signedAt } = used.value;
    const signed = {
      part: locked,
      expertId: expert.id,
      signer: { personId: caller.personId, role: actingRole('expertDesk.sign', caller) },
      signingId,
      content: draft.content,
      text,
      signature,
      signerSerial,
      signedAt,
      requestId,
    };
    await storeDecisions(deps, tx, [signed], at);
    return { ok: true, signedAt: signedAt.toISOString(), inTime: signedInTime(signed) };
  });
  if (typeof result !== 'string') return result;
  const meanwhile = await ownDecision(call, part, expert);
  return meanwhile ?? refused(call, part, result);
}

/** The decision this expert has made already about this part, as the answer that may have been lost. */
async function ownDecision(call: CallContext, part: OwnPart, expert: OwnExpert): Promise<Output | null> {
  const [made] = await asExpert(call.deps.db, expert.id, (tx) =>
    tx
      .select({ signedAt: decisions.signedAt, inTime: decisions.inTime })
      .from(decisions)
      .where(eq(decisions.assignmentId, part.id)),
  );
  return made ? { ok: true, signedAt: made.signedAt.toISOString(), inTime: made.inTime } : null;
}

/** Answers a refusal and leaves its audit row. */
async function refused(call: CallContext, part: OwnPart, refusal: Refusal): Promise<Output> {
  const { deps, at, requestId } = call;
  const caller = signedIn(call);
  await recordAudit(deps.db, {
    at,
    actor: caller.personId,
    actorRole: actingRole('expertDesk.sign', caller),
    action: 'expertDesk.sign',
    outcome: 'refused',
    personId: await personOfCase(deps.db, part.caseId),
    subject: subjectOf(part),
    requestId,
    detail: { refusal },
  });
  return { ok: false, refusal };
}
