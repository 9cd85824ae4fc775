import type { MassMoveInput, ResumeOutput } from '@mse/contracts/mass-move';
import { businessTrips, massMoveItems, massMoves } from '@mse/db/schema';
import { and, eq, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, notFound } from '../../trpc.ts';
import { deskCaller } from '../desk/desk-caller.ts';
import { takeTurn } from './run-mass-move.ts';

/**
 * K08: sets a mass move going again: bookings that failed are tried anew, and a job is there for those still waiting. Doing it twice,
 * or while a worker is at it, moves nobody twice. Refuses when nothing is left to do or the closure was taken back.
 */
export async function resumeMassMove(
  call: CallContext,
  input: z.output<typeof MassMoveInput>,
): Promise<z.input<typeof ResumeOutput>> {
  const { deps, at } = call;
  const { caller, department } = deskCaller(call);
  return deps.db.transaction(async (tx) => {
    const [move] = await tx
      .select({ id: massMoves.id, closureId: massMoves.closureId })
      .from(massMoves)
      .where(and(eq(massMoves.id, input.id), eq(massMoves.departmentId, department.id)));
    if (!move) throw notFound();
    await takeTurn(tx, move.id);
    const inForce = await tx.$count(
      businessTrips,
      and(eq(businessTrips.id, move.closureId), isNull(businessTrips.cancelledAt)),
    );
    if (inForce === 0) return { ok: false as const, refusal: 'nothing-to-do' as const };
    await tx
      .update(massMoveItems)
      .set({ state: 'pending', failure: null, toCall: false, calledAt: null, calledBy: null, stateAt: at })
      .where(and(eq(massMoveItems.massMoveId, move.id), eq(massMoveItems.state, 'failed')));
    const pending = await tx.$count(
      massMoveItems,
      and(eq(massMoveItems.massMoveId, move.id), eq(massMoveItems.state, 'pending')),
    );
    if (pending === 0) return { ok: false as const, refusal: 'nothing-to-do' as const };
    await tx.update(massMoves).set({ state: 'running', finishedAt: null }).where(eq(massMoves.id, move.id));
    await deps.jobs.enqueue(tx, 'mass-move.run', { massMoveId: move.id });
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('massMove.resume', caller),
      action: 'massMove.resume',
      outcome: 'done',
      personId: null,
      subject: `mass-move:${move.id}`,
      requestId: call.requestId,
      detail: { pending },
    });
    return { ok: true as const };
  });
}
