import type { Executor } from '@mse/db';
import type { BookingState } from '@mse/domain/queue';
import { sql } from 'drizzle-orm';

/** How a booking can end before its visit; its place is free again. */
export type EarlyEnd = Extract<BookingState, 'cancelled' | 'moved'>;

/** Takes callers that give a form a booking one after the other, until the transaction ends; the same lock as in `book_place`. */
export async function lockForm(executor: Executor, formId: string): Promise<void> {
  await executor.execute(sql`select lock_form(${formId}::uuid)`);
}

/**
 * EQ-12: ends a booking that its holder gives up: new state, place free again, reminder that was not sent yet expired. One statement.
 * The caller holds the booking's row and has judged the wish.
 */
export async function endBooking(
  executor: Executor,
  end: { bookingId: string; state: EarlyEnd; reason: string | null; at: Date },
): Promise<void> {
  const at = sql`${end.at.toISOString()}::timestamptz`;
  await executor.execute(sql`
    with ended as (
      update booking set state = ${end.state}, state_at = ${at}, version = version + 1, cancel_reason = ${end.reason}
       where id = ${end.bookingId}::uuid returning id, place_id),
    freed as (
      update place set booking_id = null from ended where place.id = ended.place_id and place.booking_id = ended.id),
    silenced as (
      update message set state = 'expired', state_at = ${at}, failure = 'booking-ended' from ended
       where message.booking_id = ended.id and message.state = 'queued' and message.due_at > ${at} returning message.id)
    insert into message_event (message_id, state, at, detail) select id, 'expired', ${at}, 'booking-ended' from silenced`);
}
