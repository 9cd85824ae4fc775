import type { BookPlaceInput, BookPlaceOutput } from '@mse/contracts/queue';
import type { BookingRefusal } from '@mse/domain/queue';
import type { z } from 'zod';
import { type CallContext, signedIn } from '../../trpc.ts';
import { type FormFacts, judgeBooking, loadFormFacts } from './facts.ts';
import { nearestTimes } from './free-places.ts';
import { findByRequestKey, givePlace } from './give-place.ts';
import { ANOTHER_TIME_HELPS } from './review-booking.ts';

/**
 * EQ-08, EQ-10, EQ-13: saves a booking. Three round trips in all: session, facts, and the one statement that gives the place.
 * The same request key with the same wish answers with the same booking however often and however late it comes;
 * with another wish it is refused. Whoever loses a race gets the three nearest free times.
 */
export async function bookPlace(
  call: CallContext,
  input: z.output<typeof BookPlaceInput>,
): Promise<z.input<typeof BookPlaceOutput>> {
  const { deps, at } = call;
  const { personId } = signedIn(call);
  const facts = await loadFormFacts(deps, personId, input.formId, at);
  const wanted = {
    departmentId: facts.registeredDepartmentId ?? '',
    day: input.day,
    startsAt: input.startsAt,
  };
  const { day, startsAt } = input;

  const decision = judgeBooking(wanted, facts, deps, at);
  if (!decision.ok) {
    // A save that came through before is answered as it was then, whatever has changed since.
    const known = await findByRequestKey(deps.db, personId, input.requestKey);
    if (!known) return refused(call, facts, input, decision.refusal);
    if (known.formId !== input.formId || known.day !== day || known.startsAt !== startsAt)
      return refused(call, facts, input, 'request-key-reused');
    return {
      ok: true,
      bookingId: known.id,
      ticketNo: known.ticketNo,
      ticketCode: known.ticketCode,
      day,
      startsAt,
    };
  }

  const { requestKey, accessNeeds } = input;
  const placed = await givePlace(deps, {
    facts,
    wanted,
    bookedBy: personId,
    requestKey,
    accessNeeds: [...new Set(accessNeeds)],
    movedFrom: null,
    requestId: call.requestId,
    at,
  });
  if (placed.outcome !== 'booked' && placed.outcome !== 'repeated')
    return refused(call, facts, input, placed.outcome);
  return {
    ok: true,
    bookingId: placed.bookingId,
    ticketNo: placed.ticketNo,
    ticketCode: placed.ticketCode,
    day,
    startsAt,
  };
}

async function refused(
  call: CallContext,
  facts: FormFacts,
  wanted: Pick<z.output<typeof BookPlaceInput>, 'day' | 'startsAt'>,
  refusal: BookingRefusal,
) {
  const nearest = ANOTHER_TIME_HELPS.has(refusal)
    ? await nearestTimes(call.deps, facts, wanted, call.at)
    : [];
  return { ok: false as const, refusal, nearest };
}
