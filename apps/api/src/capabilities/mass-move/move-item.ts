import type { Executor } from '@mse/db';
import { bookings, forms, massMoveItems, messages, persons } from '@mse/db/schema';
import { canReplace, hasToBeCalled, type MoveItemState } from '@mse/domain/mass-move';
import { MESSAGE_LIFE_MINUTES, sendingTime } from '@mse/domain/notifications';
import { addMinutes, type PlainDate, type PlainTime, toBusinessDate } from '@mse/domain/shared';
import { eq, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Deps } from '../../deps.ts';
import { recordAudit } from '../../platform/audit.ts';
import { freeStarts } from '../closures/bookings-in-the-way.ts';
import { shortDate } from '../notifications/render-message.ts';
import { endBooking, lockForm } from '../queue/end-booking.ts';
import { givePlace } from '../queue/give-place.ts';

type Item = typeof massMoveItems.$inferSelect;
type Booking = typeof bookings.$inferSelect;

/** Why the booking of somebody without a new time was ended. */
const DEPARTMENT_CLOSED = 'department-closed';
const REBOOK_MINUTES = MESSAGE_LIFE_MINUTES.rebook ?? 0;

const booker = alias(persons, 'booker');

/**
 * K08, EQ-10: moves one booking of a mass move within the caller's transaction, as a person would move it: the old booking
 * becomes `moved`, its unsent reminder expires, the new one has a ticket of its own. One message tells of the closure and of
 * the new time; it takes the place of the SMS-2 that a new booking sends at once, the reminder (EQ-11) stays. Without a free
 * time before the form ends the booking is ended and its person asked to book again. A booking that ended or was moved by its
 * person meanwhile is left as it is.
 */
export async function moveItem(deps: Deps, tx: Executor, item: Item, at: Date): Promise<MoveItemState> {
  const known = await loadBooking(tx, item.bookingId);
  await lockForm(tx, known.booking.formId);
  const [booking] = await tx.select().from(bookings).where(eq(bookings.id, item.bookingId)).for('update');
  if (!booking) throw new Error('A booking vanished; bookings are never deleted');
  if (booking.state !== 'booked') return settle(tx, item, 'ended-meanwhile', { hasPhone: true, at });

  const receiver = known.phone !== null;
  const time = await takeNearestTime(deps, tx, booking, known.formValidUntil, at);
  if (!time) {
    await endBooking(tx, { bookingId: booking.id, state: 'cancelled', reason: DEPARTMENT_CLOSED, at });
    await askToBookAgain(deps, tx, booking, known, at);
    await tell(deps, tx, item, booking, null, at);
    return settle(tx, item, 'no-place', { hasPhone: receiver, at });
  }
  await endBooking(tx, { bookingId: booking.id, state: 'moved', reason: DEPARTMENT_CLOSED, at });
  const placed = await givePlace(
    deps,
    {
      facts: {
        form: { id: booking.formId },
        person: { id: booking.personId },
        phone: known.phone,
        messageLanguage: known.language,
      },
      wanted: { departmentId: booking.departmentId, ...time },
      bookedBy: booking.bookedBy,
      // The item's own id: whatever happens, one item never makes two bookings.
      requestKey: item.id,
      accessNeeds: booking.accessNeeds,
      movedFrom: booking.id,
      requestId: item.id,
      at,
      actorRole: 'system',
    },
    tx,
  );
  if (placed.outcome !== 'booked') throw new Error(`A locked place was not given: ${placed.outcome}`);
  await tx
    .update(messages)
    .set({
      template: 'moved',
      dueAt: sendingTime('moved', at, booking.startsInstant),
      onceKey: `moved:booking:${placed.bookingId}`,
      params: { oldDate: shortDate(booking.day), oldTime: booking.startsAt },
    })
    .where(eq(messages.onceKey, `sms-2:booking:${placed.bookingId}:at-once`));
  await tell(deps, tx, item, booking, placed.bookingId, at);
  return settle(tx, item, 'moved', { hasPhone: receiver, at, newBookingId: placed.bookingId });
}

/** The booking with what decides where it can go and who is told; the representative when only they have a number. */
async function loadBooking(tx: Executor, bookingId: string) {
  const [row] = await tx
    .select({
      booking: bookings,
      formValidUntil: forms.validUntil,
      phone: persons.phone,
      language: persons.messageLanguage,
      contactPhone: persons.contactPhone,
      bookerPhone: booker.phone,
      bookerContactPhone: booker.contactPhone,
      bookerLanguage: booker.messageLanguage,
    })
    .from(bookings)
    .innerJoin(forms, eq(forms.id, bookings.formId))
    .innerJoin(persons, eq(persons.id, bookings.personId))
    .innerJoin(booker, eq(booker.id, bookings.bookedBy))
    .where(eq(bookings.id, bookingId));
  if (!row) throw new Error('The booking of a mass move is not there');
  const own = row.phone ?? row.contactPhone;
  return {
    booking: row.booking,
    formValidUntil: row.formValidUntil,
    phone: own ?? row.bookerPhone ?? row.bookerContactPhone,
    language: own === null ? row.bookerLanguage : row.language,
  };
}

/**
 * EQ-09: the nearest later time with a free place, which from now on is locked for this transaction; null when there is none.
 * A place that somebody is taking at this moment counts as taken.
 */
async function takeNearestTime(
  deps: Deps,
  tx: Executor,
  booking: Booking,
  formValidUntil: PlainDate,
  at: Date,
): Promise<{ day: PlainDate; startsAt: PlainTime } | null> {
  const region = deps.reference.department(booking.departmentId)?.regionCode;
  if (region === undefined) throw new Error('A booking names a department that does not exist');
  const terms = { pilots: deps.reference.pilots(), regionCode: region };
  const { day, startsAt } = booking;
  const falling = { bookingId: booking.id, firstBookedAt: booking.createdAt, day, startsAt, formValidUntil };
  const starts = await freeStarts(tx, booking.departmentId, { day, startsAt }, formValidUntil, null, at);
  for (const start of starts) {
    if (!canReplace(falling, start, terms, at)) continue;
    const locked = await tx.execute(sql`
      select id from place
       where department_id = ${booking.departmentId}::uuid and day = ${start.day}::date and starts_at = ${start.startsAt}::time
         and booking_id is null and closed_by_trip is null
         and (held_for_form is null or held_until <= ${at.toISOString()}::timestamptz)
       order by place_no limit 1 for update skip locked`);
    if (locked.length > 0) return { day: start.day, startsAt: start.startsAt };
  }
  return null;
}

/** EQ-06: asks whoever has no new time to book again. Without a number the row stays as evidence, and somebody calls. */
async function askToBookAgain(
  deps: Deps,
  tx: Executor,
  booking: Booking,
  receiver: { phone: string | null; language: typeof messages.$inferInsert.language },
  at: Date,
): Promise<void> {
  await tx.insert(messages).values({
    id: deps.random.id(at),
    personId: booking.personId,
    template: 'rebook',
    language: receiver.language,
    formId: booking.formId,
    bookingId: booking.id,
    phone: receiver.phone,
    onceKey: `rebook:booking:${booking.id}`,
    state: receiver.phone ? 'queued' : 'dead',
    createdAt: at,
    dueAt: sendingTime('rebook', at, booking.startsInstant),
    expiresAt: addMinutes(at, REBOOK_MINUTES),
    stateAt: at,
  });
}

/** Writes the audit row and tells the desk when the old booking was for today; `book_place` tells of the new one's day. */
async function tell(
  deps: Deps,
  tx: Executor,
  item: Item,
  booking: Booking,
  newBookingId: string | null,
  at: Date,
) {
  await recordAudit(tx, {
    at,
    actor: 'system:worker',
    actorRole: 'system',
    action: 'massMove.run',
    outcome: 'done',
    personId: booking.personId,
    subject: `booking:${booking.id}`,
    requestId: null,
    detail: { massMove: item.massMoveId, to: newBookingId },
  });
  if (booking.day === toBusinessDate(at)) await deps.live.deskChanged(tx, booking.departmentId, booking.day);
}

async function settle(
  tx: Executor,
  item: Item,
  state: MoveItemState,
  how: { hasPhone: boolean; at: Date; newBookingId?: string },
): Promise<MoveItemState> {
  await tx
    .update(massMoveItems)
    .set({
      state,
      stateAt: how.at,
      newBookingId: how.newBookingId ?? null,
      toCall: hasToBeCalled(state, how.hasPhone),
      failure: null,
    })
    .where(eq(massMoveItems.id, item.id));
  return state;
}
