import type { MarkArrivalInput, MarkArrivalOutput } from '@mse/contracts/desk';
import { bookings, visits } from '@mse/db/schema';
import { type ArrivalRefusal, type BookingState, isLate } from '@mse/domain/queue';
import { type PlainDate, toBusinessDate } from '@mse/domain/shared';
import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, notFound } from '../../trpc.ts';
import { lockForm } from '../queue/end-booking.ts';
import { deskCaller } from './desk-caller.ts';
import { waitsInQueue } from './waits-in-queue.ts';

/** K02, EQ-14: why an arrival mark on a booking of the own department is not possible at `at`; null when it is. */
export function arrivalRefusal(
  booking: { state: BookingState; day: PlainDate; startsInstant: Date },
  at: Date,
): ArrivalRefusal | null {
  if (booking.state === 'cancelled' || booking.state === 'moved') return 'cancelled';
  if (booking.state === 'served') return 'already-served';
  if (booking.day !== toBusinessDate(at)) return 'other-day';
  if (booking.state === 'arrived') return 'already-arrived';
  if (booking.state === 'annulled' || isLate(booking.startsInstant, at)) return 'too-late';
  return null;
}

/** K02, EQ-14: the person with this booking is here. Two clerks at once make one visit; the second hears `already-arrived`. */
export async function markArrival(
  call: CallContext,
  input: z.output<typeof MarkArrivalInput>,
): Promise<z.input<typeof MarkArrivalOutput>> {
  const { deps, at } = call;
  const { caller, department } = deskCaller(call);
  const own = and(eq(bookings.id, input.bookingId), eq(bookings.departmentId, department.id));
  const [seen] = await deps.db.select({ formId: bookings.formId }).from(bookings).where(own);
  if (!seen) throw notFound();

  return deps.db.transaction(async (tx) => {
    await lockForm(tx, seen.formId);
    const [booking] = await tx.select().from(bookings).where(own).for('update');
    if (!booking) throw notFound();
    const refusal = arrivalRefusal(booking, at);
    if (refusal) return { ok: false as const, refusal };
    if (await waitsInQueue(tx, booking.formId))
      return { ok: false as const, refusal: 'already-arrived' as const };

    await tx
      .update(bookings)
      .set({ state: 'arrived', stateAt: at, version: booking.version + 1 })
      .where(eq(bookings.id, booking.id));
    const visitId = deps.random.id(at);
    await tx.insert(visits).values({
      id: visitId,
      departmentId: department.id,
      day: booking.day,
      kind: 'booked',
      bookingId: booking.id,
      formId: booking.formId,
      personId: booking.personId,
      ticketNo: booking.ticketNo,
      startsInstant: booking.startsInstant,
      state: 'waiting',
      arrivedAt: at,
    });
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('desk.markArrival', caller),
      action: 'desk.markArrival',
      outcome: 'done',
      personId: booking.personId,
      subject: `booking:${booking.id}`,
      requestId: call.requestId,
      detail: { visit: visitId },
    });
    await deps.live.deskChanged(tx, department.id, booking.day);
    return { ok: true as const, visitId, ticketNo: booking.ticketNo };
  });
}
