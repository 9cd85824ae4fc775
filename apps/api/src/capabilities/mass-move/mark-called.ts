import type { MarkCalledInput, MarkCalledOutput } from '@mse/contracts/mass-move';
import { bookings, massMoveItems, massMoves } from '@mse/db/schema';
import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, notFound } from '../../trpc.ts';
import { deskCaller } from '../desk/desk-caller.ts';

/** K08: notes that somebody of the call list has been called, when and by whom. The first mark stays. */
export async function markCalled(
  call: CallContext,
  input: z.output<typeof MarkCalledInput>,
): Promise<z.input<typeof MarkCalledOutput>> {
  const { deps, at } = call;
  const { caller, department } = deskCaller(call);
  return deps.db.transaction(async (tx) => {
    const [found] = await tx
      .select({ item: massMoveItems, personId: bookings.personId })
      .from(massMoveItems)
      .innerJoin(massMoves, eq(massMoves.id, massMoveItems.massMoveId))
      .innerJoin(bookings, eq(bookings.id, massMoveItems.bookingId))
      .where(and(eq(massMoveItems.id, input.itemId), eq(massMoves.departmentId, department.id)))
      .for('update', { of: massMoveItems });
    if (!found) throw notFound();
    if (!found.item.toCall) return { ok: false as const, refusal: 'not-to-call' as const };
    if (found.item.calledAt !== null) return { ok: true as const };
    await tx
      .update(massMoveItems)
      .set({ calledAt: at, calledBy: caller.personId })
      .where(eq(massMoveItems.id, found.item.id));
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('massMove.markCalled', caller),
      action: 'massMove.markCalled',
      outcome: 'done',
      personId: found.personId,
      subject: `booking:${found.item.bookingId}`,
      requestId: call.requestId,
      detail: { massMove: found.item.massMoveId },
    });
    return { ok: true as const };
  });
}
