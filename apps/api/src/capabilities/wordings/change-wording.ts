import type { WordingStepInput, WordingStepOutput } from '@mse/contracts/wordings';
import { messageTexts } from '@mse/db/schema';
import {
  decideApproval,
  decideWithdrawal,
  type Wording,
  type WordingStepRefusal,
} from '@mse/domain/notifications';
import type { Result } from '@mse/domain/shared';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, signedIn } from '../../trpc.ts';

type Input = z.output<typeof WordingStepInput>;
type Output = z.input<typeof WordingStepOutput>;

/** P07: a second person approves a wording; from its day on, or at once when the day has come, it counts. */
export function approveWording(call: CallContext, input: Input): Promise<Output> {
  const { personId } = signedIn(call);
  return step(call, 'wordings.approve', input.id, (wording) => decideApproval(wording, personId), {
    approvedBy: personId,
    approvedAt: call.at,
  });
}

/** P07: withdraws a wording, whether it waits, is approved or counts; what counted before it counts again. */
export function withdrawWording(call: CallContext, input: Input): Promise<Output> {
  return step(call, 'wordings.withdraw', input.id, decideWithdrawal, { withdrawnAt: call.at });
}

/** One step of a locked wording, with its audit row; then this process knows it at once and every other within ten seconds. */
async function step(
  call: CallContext,
  action: 'wordings.approve' | 'wordings.withdraw',
  id: string,
  decide: (wording: Wording) => Result<string, WordingStepRefusal>,
  change: Partial<typeof messageTexts.$inferInsert>,
): Promise<Output> {
  const { deps, at } = call;
  const caller = signedIn(call);
  const answer = await deps.db.transaction(async (tx): Promise<Output> => {
    const [row] = await tx.select().from(messageTexts).where(eq(messageTexts.id, id)).for('update');
    if (!row) return { ok: false, refusal: 'not-found' };
    const decision = decide(row);
    if (!decision.ok) return decision;
    await tx.update(messageTexts).set(change).where(eq(messageTexts.id, id));
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole(action, caller),
      action,
      outcome: 'done',
      personId: null,
      subject: `wording:${id}`,
      requestId: call.requestId,
      detail: { template: row.template, language: row.language },
    });
    return { ok: true };
  });
  if (answer.ok) await deps.reference.reload();
  return answer;
}
