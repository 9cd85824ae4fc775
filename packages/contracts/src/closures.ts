import {
  CELL_STATES,
  CLOSURE_KINDS,
  CLOSURE_REFUSALS,
  DAY_STATES,
  TAKE_BACK_REFUSALS,
} from '@mse/domain/closures';
import { z } from 'zod';
import { Day, Id, Instant, LanguageChoice, refused, StartTime, Trilingual } from './common.ts';
import { AccessNeed, DepartmentView } from './queue.ts';

/** A closure as the staff of its department see it. */
export const ClosureView = z.object({
  id: z.uuid(),
  from: Day,
  until: Day,
  kind: z.enum([...CLOSURE_KINDS, 'calendar']),
  reason: z.string(),
  takenBackAt: Instant.nullable(),
  /** The mass move that cleared its days, if any. */
  massMoveId: z.uuid().nullable(),
  /** Why it cannot be taken back; null when it can. */
  takeBackRefusal: z.enum(TAKE_BACK_REFUSALS).nullable(),
});

/** K06: any day of the week wanted; this week when absent. */
export const WeekInput = z.strictObject({ day: Day.optional() });
export const WeekCell = z.object({
  startsAt: StartTime,
  state: z.enum(CELL_STATES),
  places: z.int(),
  booked: z.int(),
});
export const WeekDay = z.object({
  day: Day,
  state: z.enum(DAY_STATES),
  /** Name of the holiday or moved day, when there is one. */
  name: Trilingual.nullable(),
  closure: z
    .object({ id: z.uuid(), kind: z.enum([...CLOSURE_KINDS, 'calendar']), reason: z.string() })
    .nullable(),
  /** One per start time of the week, in the same order on every day. */
  cells: z.array(WeekCell),
  canClose: z.boolean(),
});
export const WeekOutput = z.object({
  department: DepartmentView,
  monday: Day,
  today: Day,
  startTimes: z.array(StartTime),
  days: z.array(WeekDay),
  /** Closures of this department that still last or lie ahead, the nearest first. */
  closures: z.array(ClosureView),
  /** The caller keeps this department's closures. */
  mayClose: z.boolean(),
});

export const CLOSURE_REASON_MAX = 200;
const period = {
  from: Day,
  until: Day,
  kind: z.enum(CLOSURE_KINDS, { error: 'choice' }),
  reason: z
    .string({ error: 'required' })
    .trim()
    .min(1, { error: 'required' })
    .max(CLOSURE_REASON_MAX, { error: 'too-long' }),
};
export const PreviewClosureInput = z.strictObject(period);

/** A booking in the way of a closure, with the time it would get. */
export const BookingInTheWay = z.object({
  bookingId: z.uuid(),
  ticketNo: z.string(),
  initials: z.string(),
  day: Day,
  startsAt: StartTime,
  language: LanguageChoice,
  accessNeeds: z.array(AccessNeed),
  /** Somebody has a number to which the message can go. */
  hasPhone: z.boolean(),
  turn: z.int(),
  proposed: z.object({ day: Day, startsAt: StartTime }).nullable(),
});
/** K06, K08: what closing would do. Nothing is changed. */
export const PreviewClosureOutput = z.union([
  refused(CLOSURE_REFUSALS),
  z.object({
    ok: z.literal(true),
    /** Free places that could not be booked any more. */
    freePlaces: z.int(),
    /** People who have arrived today already; they are received all the same. */
    arrived: z.int(),
    bookings: z.array(BookingInTheWay),
    /** Stands for exactly these bookings; saving wants it back. */
    shown: z.string(),
    /** The SMS about a new time, in the languages of the people concerned. */
    messages: z.array(
      z.object({ language: LanguageChoice, template: z.enum(['moved', 'rebook']), text: z.string() }),
    ),
  }),
]);

export const CLOSE_REFUSALS = [...CLOSURE_REFUSALS, 'bookings-in-the-way', 'bookings-changed'] as const;
/** `move`: the bookings in the way are moved as it was shown. Without it a period with bookings is not closed. */
export const ClosePeriodInput = z.strictObject({ ...period, shown: z.string().max(64), move: z.boolean() });
export const ClosePeriodOutput = z.union([
  z.object({
    ok: z.literal(true),
    closureId: z.uuid(),
    massMoveId: z.uuid().nullable(),
    closedPlaces: z.int(),
  }),
  refused(CLOSE_REFUSALS),
]);

export const ClosureInput = z.strictObject({ id: Id });
export const ClosureOutput = ClosureView.extend({ mayTakeBack: z.boolean() });
export const TakeBackOutput = z.union([
  z.object({ ok: z.literal(true), openedPlaces: z.int() }),
  refused(TAKE_BACK_REFUSALS),
]);
