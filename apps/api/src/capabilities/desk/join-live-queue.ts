import type { JoinLiveQueueInput, JoinLiveQueueOutput } from '@mse/contracts/desk';
import { bookings, forms, liveCounters, persons, visits } from '@mse/db/schema';
import { liveTicketNumber } from '@mse/domain/queue';
import { toBusinessDate } from '@mse/domain/shared';
import { and, eq, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, notFound } from '../../trpc.ts';
import { lockForm } from '../queue/end-booking.ts';
import { liveQueueRefusal } from '../queue/live-queue.ts';
import { deskCaller } from './desk-caller.ts';

/**
 * EQ-15: takes a person into today's live queue, after an annulment or without a booking, with a valid form of this department.
 * The number is of the live queue's own series. A form of another department reads as NOT_FOUND, unless it was once booked here.
 */
export async function joinLiveQueue(
  call: CallContext,
  input: z.output<typeof JoinLiveQueueInput>,
): Promise<z.input<typeof JoinLiveQueueOutput>> {
  const { deps, at } = call;
  const { caller, department } = deskCaller(call);
  const day = toBusinessDate(at);
  const [form] = await deps.db
    .select({
      personId: forms.personId,
      unitCode: persons.unitCode,
      bookedHere: sql<boolean>`exists (select from ${bookings} where ${and(eq(bookings.formId, forms.id), eq(bookings.departmentId, department.id))})`,
    })
    .from(forms)
    .innerJoin(persons, eq(persons.id, forms.personId))
    .where(eq(forms.id, input.formId));
  const registered = form?.unitCode ? deps.reference.departmentOfUnit(form.unitCode, day) : null;
  if (!form || (registered !== department.id && !form.bookedHere)) throw notFound();
  if (registered !== department.id) return { ok: false, refusal: 'wrong-department' };

  return deps.db.transaction(async (tx) => {
    await lockForm(tx, input.formId);
    const refusal = await liveQueueRefusal(tx, input.formId, at);
    if (refusal) return { ok: false as const, refusal };
    const [counter] = await tx
      .insert(liveCounters)
      .values({ departmentId: department.id, day, last: 1 })
      .onConflictDoUpdate({
        target: [liveCounters.departmentId, liveCounters.day],
        set: { last: sql`${liveCounters.last} + 1` },
      })
      .returning({ last: liveCounters.last });
    if (!counter) throw new Error('The counter of the live queue gave no number');
    const visitId = deps.random.id(at);
    const ticketNo = liveTicketNumber(counter.last);
    await tx.insert(visits).values({
      id: visitId,
      departmentId: department.id,
      day,
      kind: 'live',
      formId: input.formId,
      personId: form.personId,
      ticketNo,
      state: 'waiting',
      arrivedAt: at,
    });
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('desk.joinLiveQueue', caller),
      action: 'desk.joinLiveQueue',
      outcome: 'done',
      personId: form.personId,
      subject: `visit:${visitId}`,
      requestId: call.requestId,
    });
    await deps.live.deskChanged(tx, department.id, day);
    return { ok: true as const, visitId, ticketNo };
  });
}
