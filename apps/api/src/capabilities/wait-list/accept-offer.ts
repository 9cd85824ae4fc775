import type { AcceptOfferInput, AcceptOfferOutput } from '@mse/contracts/wait-list';
import { waitOffers } from '@mse/db/schema';
import { decideAnswer } from '@mse/domain/wait-list';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, signedIn } from '../../trpc.ts';
import { lockForm } from '../queue/end-booking.ts';
import { judgeBooking, loadFormFacts } from '../queue/facts.ts';
import { findByRequestKey, givePlace } from '../queue/give-place.ts';
import { lockWaitList } from './settle-wait-list.ts';
import { findOffer } from './wait-view.ts';

/**
 * Takes an offered time: a booking by the rules of every booking (EQ-08, EQ-10, EQ-13), and the waiting is over, in one
 * transaction. At the instant an offer ends it cannot be taken any more; whoever comes first, the person or the worker, has
 * decided. The same request key answers with the same booking.
 */
export async function acceptOffer(
  call: CallContext,
  input: z.output<typeof AcceptOfferInput>,
): Promise<z.input<typeof AcceptOfferOutput>> {
  const { deps, at } = call;
  const caller = signedIn(call);
  const { offer: seen, entry } = await findOffer(deps, caller.personId, input.offerId, at);
  const facts = await loadFormFacts(deps, caller.personId, entry.formId, at);
  const { day, startsAt } = seen;
  return deps.db.transaction(async (tx) => {
    await lockForm(tx, entry.formId);
    await lockWaitList(tx, entry.departmentId);
    const known = await findByRequestKey(tx, caller.personId, input.requestKey);
    if (known?.formId === entry.formId && known.day === day && known.startsAt === startsAt)
      return { ok: true as const, bookingId: known.id, ticketNo: known.ticketNo, day, startsAt };
    if (known) return { ok: false as const, refusal: 'request-key-reused' as const };
    const [offer] = await tx.select().from(waitOffers).where(eq(waitOffers.id, seen.id)).for('update');
    if (!offer) throw new Error('An offer vanished; offers are never deleted');
    const answer = decideAnswer(offer, at);
    if (!answer.ok) return { ok: false as const, refusal: answer.refusal };
    const wanted = { departmentId: entry.departmentId, day, startsAt };
    const decision = judgeBooking(wanted, facts, deps, at);
    if (!decision.ok) return { ok: false as const, refusal: decision.refusal };
    // The trigger on bookings closes the offer and the waiting with it.
    const placed = await givePlace(
      deps,
      {
        facts,
        wanted,
        bookedBy: caller.personId,
        requestKey: input.requestKey,
        accessNeeds: [...new Set(input.accessNeeds)],
        movedFrom: null,
        requestId: call.requestId,
        at,
      },
      tx,
    );
    if (placed.outcome === 'repeated') throw new Error('A request key appeared while its form was locked');
    if (placed.outcome !== 'booked') return { ok: false as const, refusal: placed.outcome };
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('waitList.accept', caller),
      action: 'waitList.accept',
      outcome: 'done',
      personId: entry.personId,
      subject: `offer:${offer.id}`,
      requestId: call.requestId,
      detail: { booking: placed.bookingId },
    });
    return { ok: true as const, bookingId: placed.bookingId, ticketNo: placed.ticketNo, day, startsAt };
  });
}
