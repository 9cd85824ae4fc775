import type { RestoreInput, RestoreOutput } from '@mse/contracts/desk';
import { bookings, visits } from '@mse/db/schema';
import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, notFound } from '../../trpc.ts';
import { lockForm } from '../queue/end-booking.ts';
import { deskCaller } from './desk-caller.ts';
import { restoreTurn } from './restore-turn.ts';

/** K04, EQ-14: undoes an annulment of today that was a mistake, with the reason in the audit. Two clerks at once undo it once. */
export async function restore(
  call: CallContext,
  input: z.output<typeof RestoreInput>,
): Promise<z.input<typeof RestoreOutput>> {
  const { deps, at } = call;
  const { caller, department } = deskCaller(call);
  const ownBooking = and(eq(bookings.id, input.bookingId ?? ''), eq(bookings.departmentId, department.id));
  const ownVisit = and(eq(visits.id, input.visitId ?? ''), eq(visits.departmentId, department.id));
  const [seen] = input.bookingId
    ? await deps.db.select({ formId: bookings.formId }).from(bookings).where(ownBooking)
    : input.visitId
      ? await deps.db.select({ formId: visits.formId }).from(visits).where(ownVisit)
      : [];
  if (!seen) throw notFound();

  return deps.db.transaction(async (tx) => {
    await lockForm(tx, seen.formId);
    const [visit] = await tx
      .select()
      .from(visits)
      .where(input.bookingId ? eq(visits.bookingId, input.bookingId) : ownVisit)
      .for('update');
    const bookingId = input.bookingId ?? visit?.bookingId;
    const [booking] = bookingId
      ? await tx.select().from(bookings).where(eq(bookings.id, bookingId)).for('update')
      : [];
    const restored = await restoreTurn(deps, tx, { booking: booking ?? null, visit: visit ?? null }, at);
    if (!restored.ok) return restored;
    const { ticketNo, state, told, visitId } = restored.value;
    const of = booking ?? visit;
    if (!of) throw new Error('A turn that was restored has no rows');
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('desk.restore', caller),
      action: 'desk.restore',
      outcome: 'done',
      personId: of.personId,
      subject: booking ? `booking:${booking.id}` : `visit:${visitId}`,
      requestId: call.requestId,
      detail: {
        reason: input.reason,
        ...(input.note ? { note: input.note } : {}),
        state,
        told,
        visit: visitId,
      },
    });
    await deps.live.deskChanged(tx, department.id, of.day);
    return { ok: true as const, ticketNo, state, told };
  });
}
