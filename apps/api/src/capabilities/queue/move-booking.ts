import type { MoveBookingInput, MoveBookingOutput } from '@mse/contracts/queue';
import { bookings } from '@mse/db/schema';
import { decideCancel } from '@mse/domain/queue';
import { toBusinessDate } from '@mse/domain/shared';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, signedIn } from '../../trpc.ts';
import { settleWaitList } from '../wait-list/settle-wait-list.ts';
import { findBooking } from './booking-view.ts';
import { endBooking, lockForm } from './end-booking.ts';
import { judgeBooking, loadFormFacts } from './facts.ts';
import { nearestTimes } from './free-places.ts';
import { findByRequestKey, givePlace } from './give-place.ts';
import { ANOTHER_TIME_HELPS } from './review-booking.ts';

type Output = z.input<typeof MoveBookingOutput>;
type Refusal = Extract<Output, { ok: false }>['refusal'];

/** Rolls the swap back: the old booking stays as it was. */
class SwapRefused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal);
    this.refusal = refusal;
  }
}

/**
 * C15, EQ-12, EQ-10: another time for a booking, in one transaction: the old booking becomes `moved`, its place is free and its
 * unsent reminder expires; the new one comes about by the rules of every booking, with a ticket and SMS-2 of its own.
 * When the new time cannot be had, nothing changes. The same request key with the same wish answers with the same booking.
 */
export async function moveBooking(
  call: CallContext,
  input: z.output<typeof MoveBookingInput>,
): Promise<Output> {
  const { deps, at } = call;
  const caller = signedIn(call);
  const { booking: seen } = await findBooking(deps, caller.personId, input.bookingId, at);
  const facts = await loadFormFacts(deps, caller.personId, seen.formId, at);
  const { day, startsAt, requestKey } = input;
  const wanted = { departmentId: facts.registeredDepartmentId ?? '', day, startsAt };

  try {
    return await deps.db.transaction(async (tx): Promise<Output> => {
      await lockForm(tx, seen.formId);
      const [old] = await tx.select().from(bookings).where(eq(bookings.id, seen.id)).for('update');
      if (!old) throw new Error('A booking vanished; bookings are never deleted');
      const known = await findByRequestKey(tx, caller.personId, requestKey);
      if (known) {
        if (known.movedFrom !== old.id || known.day !== day || known.startsAt !== startsAt)
          throw new SwapRefused('request-key-reused');
        return {
          ok: true,
          bookingId: known.id,
          ticketNo: known.ticketNo,
          ticketCode: known.ticketCode,
          day,
          startsAt,
        };
      }
      const end = decideCancel({ state: old.state, startsAt: old.startsInstant }, at);
      if (!end.ok) throw new SwapRefused(end.refusal);
      if (end.value === 'nothing-to-do') throw new SwapRefused('already-ended');
      if (old.day === day && old.startsAt === startsAt) throw new SwapRefused('same-time');
      const decision = judgeBooking(wanted, { ...facts, holdingBooking: null }, deps, at);
      if (!decision.ok) throw new SwapRefused(decision.refusal);

      await endBooking(tx, { bookingId: old.id, state: 'moved', reason: null, at });
      const placed = await givePlace(
        deps,
        {
          facts,
          wanted,
          bookedBy: caller.personId,
          requestKey,
          accessNeeds: old.accessNeeds,
          movedFrom: old.id,
          requestId: call.requestId,
          at,
        },
        tx,
      );
      if (placed.outcome === 'repeated') throw new Error('A request key appeared while its form was locked');
      if (placed.outcome !== 'booked') throw new SwapRefused(placed.outcome);
      await recordAudit(tx, {
        at,
        actor: caller.personId,
        actorRole: actingRole('queue.moveBooking', caller),
        action: 'queue.moveBooking',
        outcome: 'done',
        personId: old.personId,
        subject: `booking:${old.id}`,
        requestId: call.requestId,
        detail: { to: placed.bookingId },
      });
      // The day of the new booking is told by book_place itself.
      if (old.day === toBusinessDate(at)) await deps.live.deskChanged(tx, old.departmentId, old.day);
      await settleWaitList(deps, tx, old.departmentId, at);
      return {
        ok: true,
        bookingId: placed.bookingId,
        ticketNo: placed.ticketNo,
        ticketCode: placed.ticketCode,
        day,
        startsAt,
      };
    });
  } catch (error) {
    if (!(error instanceof SwapRefused)) throw error;
    const nearest = ANOTHER_TIME_HELPS.has(error.refusal) ? await nearestTimes(deps, facts, input, at) : [];
    return { ok: false, refusal: error.refusal, nearest };
  }
}
