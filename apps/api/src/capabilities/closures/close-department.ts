import type { Executor } from '@mse/db';
import { businessTrips } from '@mse/db/schema';
import { type ClosureRefusal, decideClosure } from '@mse/domain/closures';
import { ok, type PlainDate, refuse, type Result, toBusinessDate } from '@mse/domain/shared';
import { and, eq, gte, inArray, isNull, lte, sql } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { startMassMove } from '../mass-move/start-mass-move.ts';
import { bookingsInTheWay, fingerprint } from './bookings-in-the-way.ts';
import { closePlaces, lockDepartment } from './close-places.ts';

/** Days that are to be closed, by whom and why. */
export interface ClosureWish {
  departmentId: string;
  from: PlainDate;
  until: PlainDate;
  kind: 'trip' | 'closed' | 'calendar';
  reason: string;
  closedBy: string;
  /** Fingerprint of the bookings that were shown; null for "there must be none". */
  shown: string | null;
  at: Date;
}

export type CloseRefusal = ClosureRefusal | 'bookings-in-the-way' | 'bookings-changed';
export interface Closed {
  closureId: string;
  massMoveId: string | null;
  closedPlaces: number;
  /** Bookings that are now moved away. */
  bookings: number;
}

/** Kinds that never overlap each other; a day off of the calendar may lie within a trip. */
const OWN_KINDS = ['trip', 'closed'] as const;

/**
 * EQ-03, EQ-09, K06, K08: closes days of a department within the caller's transaction, which must be rolled back on a
 * refusal. Nobody can book into it meanwhile: the places are closed before the bookings are looked at for good. Bookings in
 * the way are moved, when they are exactly those that were shown; without `shown` a single one of them refuses all.
 */
export async function closeDepartment(
  deps: Deps,
  tx: Executor,
  wish: ClosureWish,
): Promise<Result<Closed, CloseRefusal>> {
  const { departmentId, from, until, kind, at } = wish;
  const today = toBusinessDate(at);
  await lockDepartment(tx, departmentId);
  const standing = await standingClosures(tx, departmentId, from, until);
  const decision = decideClosure({ from, until }, kind === 'calendar' ? [] : standing, today);
  if (!decision.ok) return decision;

  // Booking before place, as everybody locks them; otherwise somebody who cancels and we would wait for each other.
  await tx.execute(sql`
    select id from booking
     where department_id = ${departmentId}::uuid and day between ${from}::date and ${until}::date and state = 'booked'
     order by id for update`);
  const closureId = deps.random.id(at);
  await tx
    .insert(businessTrips)
    .values({ id: closureId, departmentId, from, until, kind, reason: wish.reason });
  const closedPlaces = await closePlaces(tx, { closureId, departmentId, from, until });
  const bookings = await bookingsInTheWay(tx, { departmentId, from, until });
  if (wish.shown === null && bookings.length > 0) return refuse('bookings-in-the-way');
  if (wish.shown !== null && fingerprint(bookings) !== wish.shown) return refuse('bookings-changed');
  const massMoveId =
    bookings.length === 0
      ? null
      : await startMassMove(deps, tx, {
          departmentId,
          closureId,
          from,
          until,
          bookings,
          createdBy: wish.closedBy,
          at,
        });
  if (from <= today && today <= until) await deps.live.deskChanged(tx, departmentId, today);
  return ok({ closureId, massMoveId, closedPlaces, bookings: bookings.length });
}

/** Closures of a department in force that share a day with a period, other than days off of the calendar. */
export function standingClosures(
  executor: Executor,
  departmentId: string,
  from: PlainDate,
  until: PlainDate,
) {
  return executor
    .select()
    .from(businessTrips)
    .where(
      and(
        eq(businessTrips.departmentId, departmentId),
        inArray(businessTrips.kind, [...OWN_KINDS]),
        isNull(businessTrips.cancelledAt),
        lte(businessTrips.from, until),
        gte(businessTrips.until, from),
      ),
    )
    .orderBy(businessTrips.from);
}
