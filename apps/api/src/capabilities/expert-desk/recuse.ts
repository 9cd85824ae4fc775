import type { RecuseInput, RecuseOutput } from '@mse/contracts/expert-desk';
import { recusals } from '@mse/db/schema';
import { recusalProblem } from '@mse/domain/examination';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, signedIn } from '../../trpc.ts';
import { moveOpenCases } from '../examination/index.ts';
import { ownExpert, personOfCase, readOwnPart, subjectOf } from './own-part.ts';

/** X06: gives a case back with a reason. It goes to another expert at once and never comes back to this one (PX-15). */
export async function recuse(
  call: CallContext,
  { assignmentId, reason, note }: z.output<typeof RecuseInput>,
): Promise<z.input<typeof RecuseOutput>> {
  const { deps, at, requestId } = call;
  const caller = signedIn(call);
  const expert = await ownExpert(call);
  const part = await readOwnPart(call, assignmentId, (_, part) => Promise.resolve(part));
  const problem = recusalProblem(reason, note);
  if (problem) return { ok: false, refusal: problem };
  return deps.db.transaction(async (tx) => {
    // First the hand-over, which waits for a dealing under way, then our own rows.
    const { moved, left } = await moveOpenCases(
      deps,
      tx,
      { expertId: expert.id, cause: 'recusal', assignmentIds: [part.id] },
      at,
    );
    if (moved + left === 0) return { ok: false as const, refusal: 'not-open' as const };
    await tx.insert(recusals).values({ id: deps.random.id(at), assignmentId: part.id, reason, note, at });
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('expertDesk.recuse', caller),
      action: 'expertDesk.recuse',
      outcome: 'done',
      personId: await personOfCase(tx, part.caseId),
      subject: subjectOf(part),
      requestId,
      detail: { reason, moved, left },
    });
    return { ok: true as const };
  });
}
