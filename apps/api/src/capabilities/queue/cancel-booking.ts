import type { CancelBookingInput, CancelBookingOutput } from '@mse/contracts/queue';
import { bookings, messages, persons } from '@mse/db/schema';
import { MESSAGE_LIFE_MINUTES } from '@mse/domain/notifications';
import { decideCancel } from '@mse/domain/queue';
import { addMinutes, toBusinessDate } from '@mse/domain/shared';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, signedIn } from '../../trpc.ts';
import { settleWaitList } from '../wait-list/settle-wait-list.ts';
import { findBooking, reachableAt } from './booking-view.ts';
import { endBooking } from './end-booking.ts';

const SMS_3_MINUTES = MESSAGE_LIFE_MINUTES['sms-3'] ?? 0;

/**
 * EQ-12: gives a booking up until its start: state, place free again, unsent reminder expired, SMS-3 and audit row in one transaction.
 * Whoever waits longest for such a time is offered the place in the same transaction. Cancelling what is cancelled is a success
 * without a second message.
 */
export async function cancelBooking(
  call: CallContext,
  input: z.output<typeof CancelBookingInput>,
): Promise<z.input<typeof CancelBookingOutput>> {
  const { deps, at } = call;
  const caller = signedIn(call);
  const found = await findBooking(deps, caller.personId, input.bookingId, at);
  const [booker] = await deps.db
    .select({ phone: reachableAt(persons), messageLanguage: persons.messageLanguage })
    .from(persons)
    .where(eq(persons.id, found.booking.bookedBy));
  // A ward without a number of their own: the representative who booked is told.
  const receiver = found.person.phone || !booker ? found.person : booker;

  return deps.db.transaction(async (tx) => {
    const [booking] = await tx.select().from(bookings).where(eq(bookings.id, input.bookingId)).for('update');
    if (!booking) throw new Error('A booking vanished; bookings are never deleted');
    const decision = decideCancel({ state: booking.state, startsAt: booking.startsInstant }, at);
    if (!decision.ok) return { ok: false as const, refusal: decision.refusal };
    if (decision.value === 'nothing-to-do') return { ok: true as const };

    await endBooking(tx, { bookingId: booking.id, state: 'cancelled', reason: input.reason || null, at });
    await tx.insert(messages).values({
      id: deps.random.id(at),
      personId: booking.personId,
      template: 'sms-3',
      language: receiver.messageLanguage,
      formId: booking.formId,
      bookingId: booking.id,
      phone: receiver.phone,
      onceKey: `sms-3:booking:${booking.id}`,
      state: receiver.phone ? 'queued' : 'dead',
      createdAt: at,
      dueAt: at,
      expiresAt: addMinutes(at, SMS_3_MINUTES),
      stateAt: at,
    });
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('queue.cancelBooking', caller),
      action: 'queue.cancelBooking',
      outcome: 'done',
      personId: booking.personId,
      subject: `booking:${booking.id}`,
      requestId: call.requestId,
    });
    if (booking.day === toBusinessDate(at))
      await deps.live.deskChanged(tx, booking.departmentId, booking.day);
    await settleWaitList(deps, tx, booking.departmentId, at);
    return { ok: true as const };
  });
}
