import { ARRIVAL_REFUSALS, BOOKING_STATES, LIVE_QUEUE_REFUSALS, VISIT_EVENTS, VISIT_STATES } from '@mse/domain/queue';
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
export const FindForArrivalInput = z.strictObject({ query: z.string().trim().min(1, { error: 'required' }).max(300, { error: 'too-long' }) });
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
export const MarkArrivalOutput = z.union([z.object({ ok: z.literal(true), visitId: z.uuid(), ticketNo: z.string() }), refused(ARRIVAL_REFUSALS)]);
export const JoinLiveQueueInput = z.strictObject({ formId: Id });
export const JoinLiveQueueOutput = z.union([z.object({ ok: z.literal(true), visitId: z.uuid(), ticketNo: z.string() }), refused(LIVE_QUEUE_REFUSALS)]);

export const VISIT_CHANGE_REFUSALS = ['not-possible-now', 'room-missing', 'room-unknown'] as const;
export const ChangeVisitInput = z.strictObject({
  visitId: Id,
  event: z.enum(VISIT_EVENTS),
  /** Room of the call; wanted for `call`. */
  room: z.string().max(20).optional(),
});
export const ChangeVisitOutput = z.union([z.object({ ok: z.literal(true), row: DeskRow }), refused(VISIT_CHANGE_REFUSALS)]);

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
  history: z.array(z.object({ at: Instant, what: z.string(), ticketNo: z.string().nullable(), day: Day.nullable(), startsAt: StartTime.nullable() })),
  messages: z.array(z.object({ at: Instant, template: z.string(), state: z.enum(MESSAGE_STATES), language: LanguageChoice })),
});
