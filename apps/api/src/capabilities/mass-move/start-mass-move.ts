import type { Executor } from '@mse/db';
import { massMoveItems, massMoves } from '@mse/db/schema';
import { compareBookingOrder } from '@mse/domain/mass-move';
import type { PlainDate } from '@mse/domain/shared';
import type { Deps } from '../../deps.ts';
import type { BookingInTheWay } from '../closures/bookings-in-the-way.ts';

/** Rows written in one statement. */
const BATCH = 1000;

/**
 * K08: writes down which bookings have to be moved, in the order of booking, and the job that does it, in the transaction of the
 * closure. Answers the id of the mass move.
 */
export async function startMassMove(
  deps: Deps,
  tx: Executor,
  move: {
    departmentId: string;
    closureId: string;
    from: PlainDate;
    until: PlainDate;
    bookings: readonly BookingInTheWay[];
    createdBy: string;
    at: Date;
  },
): Promise<string> {
  const { departmentId, closureId, from, until, createdBy, at } = move;
  const id = deps.random.id(at);
  await tx
    .insert(massMoves)
    .values({ id, departmentId, closureId, from, until, state: 'running', createdBy, createdAt: at });
  const items = [...move.bookings].sort(compareBookingOrder).map((booking, index) => ({
    id: deps.random.id(at),
    massMoveId: id,
    bookingId: booking.bookingId,
    turn: index + 1,
    state: 'pending' as const,
    stateAt: at,
  }));
  for (let start = 0; start < items.length; start += BATCH)
    await tx.insert(massMoveItems).values(items.slice(start, start + BATCH));
  await deps.jobs.enqueue(tx, 'mass-move.run', { massMoveId: id });
  return id;
}
