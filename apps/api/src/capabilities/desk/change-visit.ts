import type { ChangeVisitInput, ChangeVisitOutput } from '@mse/contracts/desk';
import type { Transaction } from '@mse/db';
import { bookings, forms, messages, persons, visits } from '@mse/db/schema';
import { MESSAGE_LIFE_MINUTES } from '@mse/domain/notifications';
import { decideVisit, HOLDING_STATES, type VisitEvent } from '@mse/domain/queue';
import { addMinutes, toBusinessDate } from '@mse/domain/shared';
import { and, eq, inArray } from 'drizzle-orm';
import type { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, notFound } from '../../trpc.ts';
import { endBooking, lockForm } from '../queue/end-booking.ts';
import { deskCaller } from './desk-caller.ts';
import { deskColumns, deskRow } from './desk-rows.ts';
import { restoreTurn } from './restore-turn.ts';
import { isStepAlone, type StepAlone, stepAtOnce } from './step-at-once.ts';

type Visit = typeof visits.$inferSelect;

/** What may be done to a visit of an earlier day: closing it. */
const CLOSING: ReadonlySet<VisitEvent> = new Set<VisitEvent>(['finish', 'no-answer']);
/** Minutes in which a "did not come" pressed by mistake can be taken back before the person is told. */
const SECOND_THOUGHTS_MINUTES = 10;
const SMS_4_MINUTES = MESSAGE_LIFE_MINUTES['sms-4'] ?? 0;

/**
 * K01: one step of a visit of the own department, by the table VISIT_TRANSITIONS. A call needs a room of the department.
 * Two clerks who press at once: the row is locked, and the second finds the step no longer possible.
 */
export async function changeVisit(
  call: CallContext,
  input: z.output<typeof ChangeVisitInput>,
): Promise<z.input<typeof ChangeVisitOutput>> {
  const { deps, at } = call;
  const { caller, department } = deskCaller(call);
  if (input.event === 'call') {
    // Whose visit it is comes first: a stranger's id must not be told apart by the answer about the room.
    const wrong = !input.room
      ? 'room-missing'
      : department.rooms.includes(input.room)
        ? null
        : 'room-unknown';
    if (wrong) {
      await ownVisit(call, input.visitId, department.id);
      return { ok: false, refusal: wrong };
    }
  }
  if (isStepAlone(input.event)) {
    const row = await stepAtOnce(deps, {
      event: input.event,
      visitId: input.visitId,
      departmentId: department.id,
      today: toBusinessDate(at),
      room: input.room ?? null,
      actor: caller.personId,
      actorRole: actingRole('desk.changeVisit', caller),
      requestId: call.requestId,
      at,
    });
    if (row) return { ok: true, row };
    await ownVisit(call, input.visitId, department.id);
    return { ok: false, refusal: 'not-possible-now' };
  }
  const event: Exclude<VisitEvent, StepAlone> = input.event;
  const own = and(eq(visits.id, input.visitId), eq(visits.departmentId, department.id));
  const seen = await ownVisit(call, input.visitId, department.id);

  return deps.db.transaction(async (tx) => {
    await lockForm(tx, seen.formId);
    const [visit] = await tx.select().from(visits).where(own).for('update');
    if (!visit) throw notFound();
    const decision = decideVisit(visit.state, event);
    const past = visit.day !== toBusinessDate(at) && !CLOSING.has(event);
    if (!decision.ok || past) return { ok: false as const, refusal: 'not-possible-now' as const };
    // The person did come after all: what the annulment did is undone as well.
    if (visit.state === 'did-not-come' && !(await takeBack(deps, tx, visit, at)))
      return { ok: false as const, refusal: 'not-possible-now' as const };

    await tx
      .update(visits)
      .set({ state: decision.value, ...stepOf(event, at) })
      .where(eq(visits.id, visit.id));
    if (event === 'finish') await serve(tx, visit, at);
    if (event === 'no-answer') await giveUp(deps, tx, visit, at);
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('desk.changeVisit', caller),
      action: 'desk.changeVisit',
      outcome: 'done',
      personId: visit.personId,
      subject: `visit:${visit.id}`,
      requestId: call.requestId,
      detail: { event },
    });
    await deps.live.deskChanged(tx, department.id, visit.day);
    const [changed] = await tx
      .select(deskColumns)
      .from(visits)
      .innerJoin(persons, eq(persons.id, visits.personId))
      .leftJoin(bookings, eq(bookings.id, visits.bookingId))
      .where(eq(visits.id, visit.id));
    if (!changed) throw new Error('A visit vanished; visits are never deleted');
    return { ok: true as const, row: deskRow(changed) };
  });
}

/** The visit's form; a visit of another department reads as NOT_FOUND. */
async function ownVisit(
  call: CallContext,
  visitId: string,
  departmentId: string,
): Promise<{ formId: string }> {
  const [seen] = await call.deps.db
    .select({ formId: visits.formId })
    .from(visits)
    .where(and(eq(visits.id, visitId), eq(visits.departmentId, departmentId)));
  if (!seen) throw notFound();
  return seen;
}

/** The times and room that a step leaves behind. */
function stepOf(event: Exclude<VisitEvent, StepAlone>, at: Date): Partial<Visit> {
  switch (event) {
    case 'finish':
    case 'no-answer':
      return { finishedAt: at };
    case 'put-back':
      return { room: null, calledAt: null, startedAt: null, finishedAt: null };
  }
}

/** The form has done its work. A booking for another day, made while the person waited in the live queue, is given back. */
async function serve(tx: Transaction, visit: Visit, at: Date): Promise<void> {
  await tx.update(forms).set({ state: 'served' }).where(eq(forms.id, visit.formId));
  const held = await tx
    .select()
    .from(bookings)
    .where(and(eq(bookings.formId, visit.formId), inArray(bookings.state, [...HOLDING_STATES])))
    .for('update');
  for (const booking of held) {
    if (booking.id === visit.bookingId) {
      await tx
        .update(bookings)
        .set({ state: 'served', stateAt: at, version: booking.version + 1 })
        .where(eq(bookings.id, booking.id));
    } else {
      await endBooking(tx, { bookingId: booking.id, state: 'cancelled', reason: 'served-in-live-queue', at });
    }
  }
}

/** Nobody answered the call: the booking is annulled so that the form is free for a new one, and SMS-4 goes out when it stays so. */
async function giveUp(deps: Deps, tx: Transaction, visit: Visit, at: Date): Promise<void> {
  if (!visit.bookingId) return;
  const [booking] = await tx.select().from(bookings).where(eq(bookings.id, visit.bookingId)).for('update');
  if (!booking) return;
  await tx
    .update(bookings)
    .set({ state: 'annulled', stateAt: at, version: booking.version + 1 })
    .where(eq(bookings.id, booking.id));
  const people = await tx
    .select({ id: persons.id, phone: persons.phone, messageLanguage: persons.messageLanguage })
    .from(persons)
    .where(inArray(persons.id, [booking.personId, booking.bookedBy]));
  const examined = people.find((person) => person.id === booking.personId);
  const receiver = examined?.phone ? examined : people.find((person) => person.id === booking.bookedBy);
  await tx.insert(messages).values({
    id: deps.random.id(at),
    personId: booking.personId,
    template: 'sms-4',
    language: receiver?.messageLanguage ?? 'kk',
    formId: booking.formId,
    bookingId: booking.id,
    phone: receiver?.phone ?? null,
    onceKey: `sms-4:visit:${visit.id}:${at.toISOString()}`,
    state: receiver?.phone ? 'queued' : 'dead',
    createdAt: at,
    dueAt: addMinutes(at, SECOND_THOUGHTS_MINUTES),
    expiresAt: addMinutes(at, SMS_4_MINUTES),
    stateAt: at,
  });
}

/** Whether the turn could be taken back; not when the form has a new booking or its person waits elsewhere. */
async function takeBack(deps: Deps, tx: Transaction, visit: Visit, at: Date): Promise<boolean> {
  const [booking] = visit.bookingId
    ? await tx.select().from(bookings).where(eq(bookings.id, visit.bookingId)).for('update')
    : [];
  return (await restoreTurn(deps, tx, { booking: booking ?? null, visit }, at)).ok;
}
