import type { Transaction } from '@mse/db';
import { bookings, fieldPlaces, placeRequests, visits } from '@mse/db/schema';
import { HOLDING_STATES } from '@mse/domain/queue';
import { and, eq, inArray } from 'drizzle-orm';
import type { CallContext } from '../../trpc.ts';
import { endBooking } from '../queue/end-booking.ts';
import type { Application } from './own-application.ts';

/**
 * Ends the visit of an application. Served: what a finished visit does, the form's booking is served and one for another day given
 * back; a place on a field session or in absentia has its outcome (FF-03). Refused: the booking ends without holding the form, so that the person can book again for it.
 */
export async function finishVisit(
  call: CallContext,
  tx: Transaction,
  application: Application,
  how: { served: boolean },
): Promise<void> {
  const { deps, at } = call;
  if (application.fieldPlaceId !== null)
    await tx
      .update(fieldPlaces)
      .set({ state: how.served ? 'examined' : 'refused', stateAt: at })
      .where(eq(fieldPlaces.id, application.fieldPlaceId));
  const ofForm = and(
    eq(placeRequests.formId, application.formId),
    inArray(placeRequests.state, ['asked', 'granted']),
  );
  // Whatever was asked for a form that did its work is answered by it. A refusal leaves a request granted, so that the person can be
  // visited again with what was missing; in absentia nobody visits, and it is the person's move.
  if (how.served) await tx.update(placeRequests).set({ state: 'done', stateAt: at }).where(ofForm);
  else if (application.place === 'in-absentia')
    await tx
      .update(placeRequests)
      .set({ state: 'refused', stateAt: at, note: application.refusalNote, answeredAt: at })
      .where(ofForm);
  const [visit] = application.visitId
    ? await tx.select().from(visits).where(eq(visits.id, application.visitId)).for('update')
    : [];
  if (visit && visit.state !== 'done') {
    await tx.update(visits).set({ state: 'done', finishedAt: at }).where(eq(visits.id, visit.id));
    await deps.live.deskChanged(tx, visit.departmentId, visit.day);
  }
  const held = await tx
    .select()
    .from(bookings)
    .where(and(eq(bookings.formId, application.formId), inArray(bookings.state, [...HOLDING_STATES])))
    .for('update');
  for (const booking of held) {
    if (booking.id !== visit?.bookingId) {
      if (how.served)
        await endBooking(tx, {
          bookingId: booking.id,
          state: 'cancelled',
          reason: 'served-in-live-queue',
          at,
        });
      continue;
    }
    const state = how.served ? ('served' as const) : ('annulled' as const);
    await tx
      .update(bookings)
      .set({ state, stateAt: at, version: booking.version + 1 })
      .where(eq(bookings.id, booking.id));
  }
}
