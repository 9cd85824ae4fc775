import {
  ARRIVAL_REFUSALS,
  BOOKING_STATES,
  LIVE_QUEUE_REFUSALS,
  RESTORE_REASONS,
  RESTORE_REFUSALS,
  VISIT_EVENTS,
  VISIT_STATES,
} from '@mse/domain/queue';
import { MESSAGE_STATES } from '@mse/domain/notifications';
import { z } from 'zod';
import { Day, Id, Instant, LanguageChoice, refused, StartTime } from './common.ts';
import { AccessNeed, DepartmentView, FormView } from './queue.ts';

export const DeskDayInput = z.strictObject({ day: Day.optional() });
/** One person in the clerk's day. A row without `visitId` has not arrived yet. */
export const DeskRow = z.object({
  bookingId: z.uuid().nullable(),
  visitId: z.uuid().nullable(),
  ticketNo: z.string(),
  kind: z.enum(['booked', 'live']),
  initials: z.string(),
  language: LanguageChoice,
  accessNeeds: z.array(AccessNeed),
  startsAt: StartTime.nullable(),
  /** EQ-14: the last instant of an arrival in time, for the countdown; null for the live queue. */
  lateAt: Instant.nullable(),
  arrivedAt: Instant.nullable(),
  calledAt: Instant.nullable(),
  startedAt: Instant.nullable(),
  finishedAt: Instant.nullable(),
  calls: z.int(),
  room: z.string().nullable(),
  state: z.union([z.enum(BOOKING_STATES), z.enum(VISIT_STATES)]),
});
/** K01: the day in four groups. `kind` says why a day is empty. */
export const DeskDayOutput = z.object({
  department: DepartmentView,
  rooms: z.array(z.string()),
  day: Day,
  today: z.boolean(),
  kind: z.enum(['reception', 'weekend', 'holiday', 'trip', 'no-schedule']),
  serverTime: Instant,
  now: z.array(DeskRow),
  waiting: z.array(DeskRow),
  expected: z.array(DeskRow),
  finished: z.array(DeskRow),
});

/** K02: ticket number, the QR's code or address, or ИИН, as typed or scanned. */
export const FindForArrivalInput = z.strictObject({
  query: z.string().trim().min(1, { error: 'required' }).max(300, { error: 'too-long' }),
});
export const ArrivalMatch = z.object({
  bookingId: z.uuid(),
  personName: z.string(),
  iinMasked: z.string(),
  ticketNo: z.string(),
  day: Day,
  startsAt: StartTime,
  state: z.enum(BOOKING_STATES),
  accessNeeds: z.array(AccessNeed),
  /** Why an arrival mark is not possible, null when it is. */
  refusal: z.enum(ARRIVAL_REFUSALS).nullable(),
  /** EQ-15: the person may join the live queue today. */
  liveQueuePossible: z.boolean(),
  otherDepartment: z.int().nullable(),
});
export const FindForArrivalOutput = z.object({
  matches: z.array(ArrivalMatch),
  /** A person without a booking today but with a valid form of this department; may join the live queue. */
  walkIn: z.object({ formId: z.uuid(), personName: z.string(), iinMasked: z.string() }).nullable(),
});

export const MarkArrivalInput = z.strictObject({ bookingId: Id });
export const MarkArrivalOutput = z.union([
  z.object({ ok: z.literal(true), visitId: z.uuid(), ticketNo: z.string() }),
  refused(ARRIVAL_REFUSALS),
]);
export const JoinLiveQueueInput = z.strictObject({ formId: Id });
export const JoinLiveQueueOutput = z.union([
  z.object({ ok: z.literal(true), visitId: z.uuid(), ticketNo: z.string() }),
  refused(LIVE_QUEUE_REFUSALS),
]);

export const VISIT_CHANGE_REFUSALS = ['not-possible-now', 'room-missing', 'room-unknown'] as const;
export const ChangeVisitInput = z.strictObject({
  visitId: Id,
  event: z.enum(VISIT_EVENTS),
  /** Room of the call; wanted for `call`. */
  room: z.string().max(20).optional(),
});
export const ChangeVisitOutput = z.union([
  z.object({ ok: z.literal(true), row: DeskRow }),
  refused(VISIT_CHANGE_REFUSALS),
]);

/** K04: one missed turn of today: a booking that was annulled, or a person of the live queue who did not come. */
export const MissedRow = z.object({
  row: DeskRow,
  /** Instant of the annulment or of the call nobody answered. */
  missedAt: Instant,
  cause: z.enum(['late', 'no-answer']),
  /** SMS-4 of this annulment; null for the live queue, which has no booking to annul. */
  smsState: z.enum(MESSAGE_STATES).nullable(),
  /** The text of SMS-4, sent or about to be sent, and its language: a ward's goes to the guardian. */
  smsText: z.string().nullable(),
  smsLanguage: LanguageChoice,
  /** Why it cannot be taken back, null when it can. */
  refusal: z.enum(RESTORE_REFUSALS).nullable(),
  /** Number in today's live queue, once the person has joined it. */
  liveTicketNo: z.string().nullable(),
  /** EQ-15: the form, when the person may join the live queue today. */
  liveFormId: z.uuid().nullable(),
});
export const MissedOutput = z.object({ day: Day, serverTime: Instant, rows: z.array(MissedRow) });

/** K04: takes an annulment back. A booking by `bookingId`, a turn of the live queue by `visitId`. */
export const RestoreInput = z
  .strictObject({
    bookingId: Id.optional(),
    visitId: Id.optional(),
    reason: z.enum(RESTORE_REASONS, { error: 'choice' }),
    /** In the clerk's words; wanted for `other`. */
    note: z.string().trim().max(200, { error: 'too-long' }).default(''),
  })
  .refine((input) => input.reason !== 'other' || input.note !== '', { error: 'required', path: ['note'] });
export const RestoreOutput = z.union([
  z.object({
    ok: z.literal(true),
    ticketNo: z.string(),
    state: z.enum(['booked', 'arrived']),
    told: z.enum(['withdrawn', 'told', 'nothing']),
  }),
  refused(RESTORE_REFUSALS),
]);

/** K05: the live queue of today in the order of its turn, with honest estimates. */
export const LiveQueueOutput = z.object({
  day: Day,
  serverTime: Instant,
  /** People with a booking who go first: those who wait and those still expected. */
  bookedAhead: z.int(),
  /** Minutes a visit takes today; null while too few are finished, and then no wait is estimated. */
  usualMinutes: z.int().nullable(),
  finishedToday: z.int(),
  rooms: z.array(z.string()),
  rows: z.array(z.object({ row: DeskRow, waitMinutes: z.int().nullable() })),
});

export const DeskPersonInput = z.strictObject({ bookingId: Id.optional(), visitId: Id.optional() });
/** K03: facts for the visit. */
export const DeskPersonOutput = z.object({
  row: DeskRow,
  personName: z.string(),
  iinMasked: z.string(),
  birthDate: Day,
  representativeName: z.string().nullable(),
  form: FormView,
  formId: z.uuid(),
  history: z.array(
    z.object({
      at: Instant,
      what: z.string(),
      ticketNo: z.string().nullable(),
      day: Day.nullable(),
      startsAt: StartTime.nullable(),
    }),
  ),
  messages: z.array(
    z.object({ at: Instant, template: z.string(), state: z.enum(MESSAGE_STATES), language: LanguageChoice }),
  ),
});
