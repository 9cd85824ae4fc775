import type { TakeBackPilotInput, TakeBackPilotOutput } from '@mse/contracts/pilots';
import { queuePilots } from '@mse/db/schema';
import { pilotState } from '@mse/domain/queue';
import { toBusinessDate } from '@mse/domain/shared';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, signedIn } from '../../trpc.ts';

/**
 * GV-04: takes a period out again that was entered by mistake and has not begun; the audit keeps what it said. Bookings already
 * made for its days stay: whoever takes it back decides about them by closing those days.
 */
export async function takeBackPilot(
  call: CallContext,
  input: z.output<typeof TakeBackPilotInput>,
): Promise<z.input<typeof TakeBackPilotOutput>> {
  const { deps, at } = call;
  const caller = signedIn(call);
  const answer = await deps.db.transaction(async (tx): Promise<z.input<typeof TakeBackPilotOutput>> => {
    const [row] = await tx.select().from(queuePilots).where(eq(queuePilots.id, input.id));
    if (!row) return { ok: false, refusal: 'not-found' };
    if (pilotState(row, toBusinessDate(at)) !== 'ahead') return { ok: false, refusal: 'already-begun' };
    await tx.delete(queuePilots).where(eq(queuePilots.id, row.id));
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('pilots.takeBack', caller),
      action: 'pilots.takeBack',
      outcome: 'done',
      personId: null,
      subject: `pilot:${row.id}`,
      requestId: call.requestId,
      detail: { ...row },
    });
    return { ok: true };
  });
  if (answer.ok) await deps.reference.reload();
  return answer;
}
