import type { PartInput, StartDecisionSigningOutput } from '@mse/contracts/expert-desk';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, signedIn } from '../../trpc.ts';
import { openSigning } from '../signing/open-signing.ts';
import { decisionSubject, draftDecision } from './draft-decision.ts';
import { personOfCase, readOwnPart, subjectOf } from './own-part.ts';

/** X05, PX-30: makes the exact text of the decision that stands in the draft, to be read and signed. */
export async function startDecisionSigning(
  call: CallContext,
  { assignmentId }: z.output<typeof PartInput>,
): Promise<z.input<typeof StartDecisionSigningOutput>> {
  const { deps, at, requestId } = call;
  const caller = signedIn(call);
  const { part, expert } = await readOwnPart(call, assignmentId, (_, part, expert) =>
    Promise.resolve({ part, expert }),
  );
  if (part.state !== 'open') return { ok: false, refusal: 'not-open' };
  const draft = await draftDecision(call, part, expert);
  if (draft.kind === 'none') return { ok: false, refusal: 'no-draft' };
  if (draft.kind === 'problems') return { ok: false, refusal: 'problems', problems: draft.problems };
  return deps.db.transaction(async (tx) => {
    const { signingId } = await openSigning(
      deps,
      tx,
      {
        personId: caller.personId,
        purpose: 'expert-decision',
        subject: decisionSubject(part, draft.version),
        text: draft.text,
      },
      at,
    );
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('expertDesk.startSigning', caller),
      action: 'expertDesk.startSigning',
      outcome: 'done',
      personId: await personOfCase(tx, part.caseId),
      subject: subjectOf(part),
      requestId,
      detail: { signing: signingId, version: draft.version },
    });
    return { ok: true as const, signingId };
  });
}
