import type { DecideFailureInput, DecideFailureOutput } from '@mse/contracts/technical-failures';
import { technicalFailures } from '@mse/db/schema';
import { decideFailureOpening } from '@mse/domain/intake';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, signedIn } from '../../trpc.ts';

/** PX-42: another administrator, who has looked at the act, opens the mode. F004 is off for forms of its period (PX-43) in this process at once and in every other within ten seconds. */
export function openFailure(
  call: CallContext,
  input: z.output<typeof DecideFailureInput>,
): Promise<z.input<typeof DecideFailureOutput>> {
  return decide(call, input.id, 'open');
}

/** An act that was entered wrongly is withdrawn before it is open; it stays in the list as withdrawn. */
export function withdrawFailure(
  call: CallContext,
  input: z.output<typeof DecideFailureInput>,
): Promise<z.input<typeof DecideFailureOutput>> {
  return decide(call, input.id, 'withdrawn');
}

async function decide(
  call: CallContext,
  id: string,
  decision: 'open' | 'withdrawn',
): Promise<z.input<typeof DecideFailureOutput>> {
  const { deps, at } = call;
  const caller = signedIn(call);
  const action = decision === 'open' ? 'technicalFailures.open' : 'technicalFailures.withdraw';
  const answer = await deps.db.transaction(async (tx): Promise<z.input<typeof DecideFailureOutput>> => {
    const [row] = await tx
      .select({ state: technicalFailures.state, proposedBy: technicalFailures.proposedBy })
      .from(technicalFailures)
      .where(eq(technicalFailures.id, id))
      .for('update');
    const refusal = decideFailureOpening(row, decision, caller.personId);
    if (refusal) return { ok: false, refusal };
    await tx
      .update(technicalFailures)
      .set({ state: decision, decidedBy: caller.personId, decidedAt: at })
      .where(eq(technicalFailures.id, id));
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole(action, caller),
      action,
      outcome: 'done',
      personId: null,
      subject: `technical-failure:${id}`,
      requestId: call.requestId,
    });
    return { ok: true };
  });
  if (answer.ok) await deps.reference.reload();
  return answer;
}
