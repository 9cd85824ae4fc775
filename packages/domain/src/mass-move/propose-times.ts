import { isQueueOpen, type QueuePilot } from '../queue/index.ts';
import { type PlainDate, type PlainTime, toInstant } from '../shared/index.ts';

/** A booking that stands in the way of a closure. */
export interface AffectedBooking {
  bookingId: string;
  /** When the person first booked; moving the booking since has not changed it. */
  firstBookedAt: Date;
  /** The time that falls away. */
  day: PlainDate;
  startsAt: PlainTime;
  /** Last day on which the person's form holds. */
  formValidUntil: PlainDate;
}

/** A start time with free places. */
export interface FreeStart {
  day: PlainDate;
  startsAt: PlainTime;
  free: number;
}

/** A new time for a booking; null when there is none in time. */
export interface Proposal {
  bookingId: string;
  /** 1, 2 … in the order of booking. */
  turn: number;
  time: { day: PlainDate; startsAt: PlainTime } | null;
}

/** Where the places are: what the law says of its region. */
export interface MoveTerms {
  pilots: readonly QueuePilot[];
  regionCode: string;
}

/** K08: who booked earlier chooses earlier; of those who booked at one instant, the one with the smaller id. */
export function compareBookingOrder(left: AffectedBooking, right: AffectedBooking): number {
  return (
    left.firstBookedAt.getTime() - right.firstBookedAt.getTime() ||
    (left.bookingId < right.bookingId ? -1 : left.bookingId > right.bookingId ? 1 : 0)
  );
}

/**
 * EQ-08, EQ-09, GV-04: whether a start can replace a booking: later than the time that falls away and later than `at`,
 * within the form's validity and within the pilot of the region.
 */
export function canReplace(
  booking: AffectedBooking,
  start: Pick<FreeStart, 'day' | 'startsAt'>,
  terms: MoveTerms,
  at: Date,
): boolean {
  const isLater = start.day > booking.day || (start.day === booking.day && start.startsAt > booking.startsAt);
  return (
    isLater &&
    start.day <= booking.formValidUntil &&
    isQueueOpen(terms.pilots, terms.regionCode, start.day) &&
    toInstant(start.day, start.startsAt) > at
  );
}

/**
 * K08: new times for the bookings of a closed period, fair to the order of booking: who booked first gets the nearest later
 * time of the same department, then the next one chooses among what is left. `free` are the department's starts outside the
 * closed days, in any order; no place is given twice. Proposals come in the order of booking.
 */
export function proposeTimes(
  bookings: readonly AffectedBooking[],
  free: readonly FreeStart[],
  terms: MoveTerms,
  at: Date,
): Proposal[] {
  const starts = free
    .map((start) => ({ ...start }))
    .sort((left, right) => (`${left.day} ${left.startsAt}` < `${right.day} ${right.startsAt}` ? -1 : 1));
  return [...bookings].sort(compareBookingOrder).map((booking, index) => {
    const start = starts.find((each) => each.free > 0 && canReplace(booking, each, terms, at));
    if (start) start.free -= 1;
    return {
      bookingId: booking.bookingId,
      turn: index + 1,
      time: start ? { day: start.day, startsAt: start.startsAt } : null,
    };
  });
}
