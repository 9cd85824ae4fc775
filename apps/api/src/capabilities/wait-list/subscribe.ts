import type { SubscribeInput, SubscribeOutput } from '@mse/contracts/wait-list';
import { bookings, waitEntries } from '@mse/db/schema';
import { HOLDING_STATES } from '@mse/domain/queue';
import { decideWaiting } from '@mse/domain/wait-list';
import { and, eq, inArray } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, signedIn } from '../../trpc.ts';
import { lockForm } from '../queue/end-booking.ts';
import { loadFormFacts } from '../queue/facts.ts';
import { bookableSpan, freeDays } from '../queue/free-places.ts';

/**
 * C11, EQ-07, EQ-13: puts a form on the wait list of its department for a span of days and, if wanted, certain start times. One
 * waiting per form; a form with a booking does not wait. While something wanted is free, it is to be booked, not waited for.
 */
export async function subscribe(
  call: CallContext,
  input: z.output<typeof SubscribeInput>,
): Promise<z.input<typeof SubscribeOutput>> {
  const { deps, at } = call;
  const caller = signedIn(call);
  const facts = await loadFormFacts(deps, caller.personId, input.formId, at);
  const span = bookableSpan(facts);
  const free = span
    ? await freeDays(deps, span, input.from, input.until < span.until ? input.until : span.until, at)
    : [];
  const times = [...new Set(input.times)].sort();
  const freeInSpan = free.some((day) =>
    day.times.some(({ startsAt }) => times.length === 0 || times.some((each) => each === startsAt)),
  );

  return deps.db.transaction(async (tx) => {
    await lockForm(tx, input.formId);
    const [known] = await tx
      .select({ id: waitEntries.id })
      .from(waitEntries)
      .where(and(eq(waitEntries.formId, input.formId), inArray(waitEntries.state, ['waiting', 'offered'])));
    const [holding] = await tx
      .select({ state: bookings.state })
      .from(bookings)
      .where(and(eq(bookings.formId, input.formId), inArray(bookings.state, [...HOLDING_STATES])));
    const decision = decideWaiting(
      input,
      { ...facts, holdingBooking: holding?.state ?? facts.holdingBooking },
      { pilots: deps.reference.pilots(), freeInSpan, isWaiting: known !== undefined },
      at,
    );
    if (!decision.ok) {
      // Silence of the registry of persons is no "no".
      const isSilence = decision.refusal === 'no-permanent-registration' && !facts.registrationKnown;
      return { ok: false as const, refusal: isSilence ? ('registry-silent' as const) : decision.refusal };
    }
    const waitId = deps.random.id(at);
    await tx.insert(waitEntries).values({
      id: waitId,
      formId: input.formId,
      personId: facts.person.id,
      askedBy: caller.personId,
      departmentId: decision.value.departmentId,
      wantedFrom: decision.value.from,
      wantedUntil: decision.value.until,
      wantedTimes: times,
      state: 'waiting',
      createdAt: at,
      stateAt: at,
    });
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('waitList.subscribe', caller),
      action: 'waitList.subscribe',
      outcome: 'done',
      personId: facts.person.id,
      subject: `wait:${waitId}`,
      requestId: call.requestId,
      detail: { form: input.formId, from: decision.value.from, until: decision.value.until },
    });
    return { ok: true as const, waitId };
  });
}
