import type { Transaction } from '@mse/db';
import { bookings, fieldPlaces, messages, visits } from '@mse/db/schema';
import { MESSAGE_LIFE_MINUTES } from '@mse/domain/notifications';
import { decideRestore, HOLDING_STATES, type RestoreRefusal } from '@mse/domain/queue';
import { addMinutes, refuse, type Result } from '@mse/domain/shared';
import { and, desc, eq, inArray } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { moveMessage } from '../notifications/message-steps.ts';
import { waitsInQueue } from './waits-in-queue.ts';

type Booking = typeof bookings.$inferSelect;
type Visit = typeof visits.$inferSelect;

/** A missed turn with its rows locked: a booking with or without a visit, or a visit of the live queue. */
export interface LockedTurn {
  booking: Booking | null;
  visit: Visit | null;
}

/** What became of the words to the person: SMS-4 withdrawn before it was sent, the person told anew, or nothing to say. */
export type Told = 'withdrawn' | 'told' | 'nothing';

export interface Restored {
  state: 'booked' | 'arrived';
  ticketNo: string;
  visitId: string | null;
  told: Told;
}

/** SMS-4 that is not at the centre yet, and that a person may have read. */
const UNSENT = ['queued', 'sending'] as const;
const SENT = ['unknown', 'accepted', 'delivered'] as const;
const RESTORED_MINUTES = MESSAGE_LIFE_MINUTES.restored ?? 0;

/**
 * K04: takes a missed turn of today back in the caller's transaction: the booking holds again, the person waits, SMS-4 is
 * withdrawn or another message says that the booking holds. The caller holds the form's lock and both rows, and writes the audit.
 */
export async function restoreTurn(
  deps: Deps,
  tx: Transaction,
  turn: LockedTurn,
  at: Date,
): Promise<Result<Restored, RestoreRefusal>> {
  const { booking, visit } = turn;
  const of = booking ?? visit;
  if (!of) return refuse('not-annulled');
  const [holding] = await tx
    .select({ state: bookings.state })
    .from(bookings)
    .where(and(eq(bookings.formId, of.formId), inArray(bookings.state, [...HOLDING_STATES])));
  const decision = decideRestore(
    {
      booking: booking && { state: booking.state, startsAt: booking.startsInstant },
      visit: visit?.state ?? null,
      day: of.day,
      // The live queue goes with a booking for another day (EQ-15); only a form that did its work is in its way.
      holding: booking === null && holding?.state !== 'served' ? null : (holding?.state ?? null),
      waits: await waitsInQueue(tx, of.formId),
      fieldPlace:
        (await tx.$count(fieldPlaces, and(eq(fieldPlaces.formId, of.formId), eq(fieldPlaces.state, 'on')))) >
        0,
    },
    at,
  );
  if (!decision.ok) return decision;

  if (booking)
    await tx
      .update(bookings)
      .set({ state: decision.value, stateAt: at, version: booking.version + 1 })
      .where(eq(bookings.id, booking.id));
  const visitId = decision.value === 'arrived' ? await waitAgain(deps, tx, turn, at) : null;
  return {
    ok: true,
    value: {
      state: decision.value,
      ticketNo: of.ticketNo,
      visitId,
      told: booking ? await unsay(deps, tx, booking, at) : 'nothing',
    },
  };
}

async function waitAgain(
  deps: Deps,
  tx: Transaction,
  { booking, visit }: LockedTurn,
  at: Date,
): Promise<string> {
  if (visit) {
    await tx
      .update(visits)
      .set({ state: 'waiting', room: null, calledAt: null, startedAt: null, finishedAt: null })
      .where(eq(visits.id, visit.id));
    return visit.id;
  }
  if (!booking) throw new Error('A turn has neither booking nor visit');
  const id = deps.random.id(at);
  await tx.insert(visits).values({
    id,
    departmentId: booking.departmentId,
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
  return id;
}

/** Withdraws the newest SMS-4 of a booking if the centre does not have it; else says that the booking holds again. */
async function unsay(deps: Deps, tx: Transaction, booking: Booking, at: Date): Promise<Told> {
  const [said] = await tx
    .select()
    .from(messages)
    .where(and(eq(messages.bookingId, booking.id), eq(messages.template, 'sms-4')))
    .orderBy(desc(messages.createdAt), desc(messages.id))
    .limit(1)
    .for('update');
  if (!said) return 'nothing';
  if ((UNSENT as readonly string[]).includes(said.state)) {
    await moveMessage(deps, tx, said, 'expired', { detail: 'taken-back', change: { failure: 'taken-back' } });
    return 'withdrawn';
  }
  if (!(SENT as readonly string[]).includes(said.state)) return 'nothing';
  await tx.insert(messages).values({
    id: deps.random.id(at),
    personId: booking.personId,
    template: 'restored',
    language: said.language,
    formId: booking.formId,
    bookingId: booking.id,
    phone: said.phone,
    onceKey: `restored:booking:${booking.id}:${at.toISOString()}`,
    state: 'queued',
    createdAt: at,
    dueAt: at,
    expiresAt: addMinutes(at, RESTORED_MINUTES),
    stateAt: at,
  });
  return 'told';
}
