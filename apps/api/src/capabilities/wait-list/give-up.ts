import type { Done } from '@mse/contracts/identity';
import type { DeclineOfferInput, DeclineOfferOutput, LeaveInput } from '@mse/contracts/wait-list';
import type { Transaction } from '@mse/db';
import { places, waitEntries, waitOffers } from '@mse/db/schema';
import { decideAnswer } from '@mse/domain/wait-list';
import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, signedIn } from '../../trpc.ts';
import { lockForm } from '../queue/end-booking.ts';
import { lockWaitList, settleWaitList } from './settle-wait-list.ts';
import { findOffer, findWait } from './wait-view.ts';

/** Says no to an offer: the person goes on waiting, the place is offered to the next in the same transaction. */
export async function declineOffer(
  call: CallContext,
  input: z.output<typeof DeclineOfferInput>,
): Promise<z.input<typeof DeclineOfferOutput>> {
  const { deps, at } = call;
  const caller = signedIn(call);
  const { entry } = await findOffer(deps, caller.personId, input.offerId, at);
  return deps.db.transaction(async (tx) => {
    await lockForm(tx, entry.formId);
    await lockWaitList(tx, entry.departmentId);
    const [offer] = await tx.select().from(waitOffers).where(eq(waitOffers.id, input.offerId)).for('update');
    if (!offer) throw new Error('An offer vanished; offers are never deleted');
    // Twice the same answer is one answer.
    if (offer.state === 'declined') return { ok: true as const };
    const decision = decideAnswer(offer, at);
    if (!decision.ok) return { ok: false as const, refusal: decision.refusal };
    await endOffer(tx, offer, at);
    await tx.update(waitEntries).set({ state: 'waiting', stateAt: at }).where(eq(waitEntries.id, entry.id));
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('waitList.decline', caller),
      action: 'waitList.decline',
      outcome: 'done',
      personId: entry.personId,
      subject: `offer:${offer.id}`,
      requestId: call.requestId,
    });
    await settleWaitList(deps, tx, entry.departmentId, at);
    return { ok: true as const };
  });
}

/** Ends the waiting of a form; an offer that is open goes on to the next. Leaving what has ended is a success: the wish is fulfilled. */
export async function leaveWaitList(
  call: CallContext,
  input: z.output<typeof LeaveInput>,
): Promise<z.input<typeof Done>> {
  const { deps, at } = call;
  const caller = signedIn(call);
  const entry = await findWait(deps, caller.personId, input.waitId, at);
  await deps.db.transaction(async (tx) => {
    await lockForm(tx, entry.formId);
    await lockWaitList(tx, entry.departmentId);
    const [left] = await tx
      .update(waitEntries)
      .set({ state: 'left', stateAt: at })
      .where(and(eq(waitEntries.id, entry.id), inArray(waitEntries.state, ['waiting', 'offered'])))
      .returning({ id: waitEntries.id });
    if (!left) return;
    const [offer] = await tx
      .select()
      .from(waitOffers)
      .where(and(eq(waitOffers.entryId, entry.id), eq(waitOffers.state, 'open')))
      .for('update');
    if (offer) await endOffer(tx, offer, at);
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('waitList.leave', caller),
      action: 'waitList.leave',
      outcome: 'done',
      personId: entry.personId,
      subject: `wait:${entry.id}`,
      requestId: call.requestId,
    });
    await settleWaitList(deps, tx, entry.departmentId, at);
  });
  return { ok: true };
}

async function endOffer(tx: Transaction, offer: { id: string; placeId: number }, at: Date): Promise<void> {
  await tx.update(waitOffers).set({ state: 'declined', stateAt: at }).where(eq(waitOffers.id, offer.id));
  await tx
    .update(places)
    .set({ heldForForm: null, heldUntil: null })
    .where(and(eq(places.id, offer.placeId), isNull(places.bookingId)));
}
