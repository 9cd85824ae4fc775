import { NEXT_STEPS } from '@mse/domain/cabinet';
import { BOOKING_REFUSALS, BOOKING_STATES, CANCEL_REFUSALS, ELIGIBILITY_CHECKS } from '@mse/domain/queue';
import { FORM_STATES } from '@mse/domain/intake';
import { MESSAGE_STATES } from '@mse/domain/notifications';
import { z } from 'zod';
import { Day, Id, Instant, LanguageChoice, refused, RequestKey, StartTime, Trilingual } from './common.ts';

export { NEXT_STEPS };

/** Needs a person names while booking; the department prepares for them. */
export const ACCESS_NEEDS = [
  'sign-interpreter',
  'wheelchair',
  'escort',
  'longer-visit',
  'low-vision',
] as const;
export const AccessNeed = z.enum(ACCESS_NEEDS, { error: 'choice' });

/** A department as a citizen sees it. `facts` are keys such as `ramp`, `lift`, `parking`, `bus`, `accessible-toilet`. */
export const DepartmentView = z.object({
  id: z.uuid(),
  number: z.int(),
  name: Trilingual,
  address: Trilingual,
  landmark: Trilingual,
  access: Trilingual,
  phone: z.string(),
});

export const PlaceChoice = z.object({ day: Day, startsAt: StartTime });

export const BookingView = z.object({
  id: z.uuid(),
  formId: z.uuid(),
  /** The person examined: the caller or a ward. */
  personId: z.uuid(),
  personName: z.string(),
  self: z.boolean(),
  state: z.enum(BOOKING_STATES),
  day: Day,
  startsAt: StartTime,
  ticketNo: z.string(),
  /** Opaque 128-bit code of the QR, without any personal data. */
  ticketCode: z.string(),
  department: DepartmentView,
  accessNeeds: z.array(AccessNeed),
  createdAt: Instant,
  canCancel: z.boolean(),
  canMove: z.boolean(),
  /** Delivery of the newest SMS about this booking. */
  messageState: z.enum(MESSAGE_STATES).nullable(),
});

export const FormView = z.object({
  id: z.uuid(),
  number: z.string(),
  state: z.enum(FORM_STATES),
  signedAt: Instant,
  validUntil: Day,
  expired: z.boolean(),
  organization: z.string(),
});

export const CabinetPerson = z.object({
  personId: z.uuid(),
  name: z.string(),
  self: z.boolean(),
  basis: z.enum(['parent', 'guardian', 'trustee']).nullable(),
  basisUntil: Day.nullable(),
  form: FormView.nullable(),
  booking: BookingView.nullable(),
  /** The one thing to do next (C08). */
  nextStep: z.enum(NEXT_STEPS),
});
export const CabinetOverviewOutput = z.object({
  people: z.array(CabinetPerson),
  wardsKnown: z.boolean(),
  consentGiven: z.boolean(),
});

export const WardView = z.object({
  personId: z.uuid(),
  name: z.string(),
  basis: z.enum(['parent', 'guardian', 'trustee']),
  validUntil: Day.nullable(),
  valid: z.boolean(),
  accessNeeds: z.array(AccessNeed),
});
export const WardsOutput = z.object({ wards: z.array(WardView), registryAnswered: z.boolean() });

export const MessageView = z.object({
  id: z.uuid(),
  template: z.string(),
  text: z.string(),
  language: LanguageChoice,
  phoneMasked: z.string().nullable(),
  state: z.enum(MESSAGE_STATES),
  createdAt: Instant,
  stateAt: Instant,
});
export const MessagesInput = z.strictObject({ before: z.iso.datetime().optional() });
export const MessagesOutput = z.object({ messages: z.array(MessageView), more: z.boolean() });

export const FormInput = z.strictObject({ formId: Id });
export const ELIGIBILITY_REASONS = [
  'form-not-accepted',
  'form-expired',
  'no-permanent-registration',
  'region-without-queue',
  'no-department',
  'no-free-time',
  'registry-silent',
] as const;
/** EQ-08 said in words (C10). */
export const EligibilityOutput = z.object({
  form: FormView,
  personName: z.string(),
  self: z.boolean(),
  checks: z.array(
    z.object({
      check: z.enum(ELIGIBILITY_CHECKS),
      state: z.enum(['passed', 'failed', 'unknown']),
      reason: z.enum(ELIGIBILITY_REASONS).nullable(),
    }),
  ),
  department: DepartmentView.nullable(),
  bookingId: z.uuid().nullable(),
  /** FF-03: the form is on a field session, or is examined in absentia. */
  fieldPlace: z.boolean(),
  canBook: z.boolean(),
});

/** EQ-09: free times (C11). `from` is the first day wanted; at most `days` calendar days are looked at, 60 at the most. */
export const FreeTimesInput = z.strictObject({
  formId: Id,
  from: Day.optional(),
  days: z.int().min(1).max(60).default(31),
});
export const FreeDay = z.object({
  day: Day,
  times: z.array(z.object({ startsAt: StartTime, free: z.int() })),
});
export const FreeTimesOutput = z.object({
  department: DepartmentView.nullable(),
  formValidUntil: Day,
  nearest: PlaceChoice.nullable(),
  days: z.array(FreeDay),
});

export const ReviewBookingInput = z.strictObject({ formId: Id, day: Day, startsAt: StartTime });
/** C12: everything before saving. */
export const ReviewBookingOutput = z.object({
  personName: z.string(),
  self: z.boolean(),
  department: DepartmentView.nullable(),
  phoneMasked: z.string().nullable(),
  messageLanguage: LanguageChoice,
  form: FormView,
  refusal: z.enum(BOOKING_REFUSALS).nullable(),
  nearest: z.array(PlaceChoice),
});

export const BookPlaceInput = z.strictObject({
  formId: Id,
  day: Day,
  startsAt: StartTime,
  accessNeeds: z.array(AccessNeed).max(ACCESS_NEEDS.length).default([]),
  /** Made by the page once; a repeated save with the same key gives the same booking. */
  requestKey: RequestKey,
});
export const BookingRefused = z.object({
  ok: z.literal(false),
  refusal: z.enum(BOOKING_REFUSALS),
  /** Up to three nearest free times, empty when no time would help. */
  nearest: z.array(PlaceChoice),
});
export const BookPlaceOutput = z.union([
  z.object({
    ok: z.literal(true),
    bookingId: z.uuid(),
    ticketNo: z.string(),
    ticketCode: z.string(),
    day: Day,
    startsAt: StartTime,
  }),
  BookingRefused,
]);

export const BookingInput = z.strictObject({ bookingId: Id });
export const MyBookingOutput = z.object({
  booking: BookingView,
  history: z.array(
    z.object({
      id: z.uuid(),
      state: z.enum(BOOKING_STATES),
      day: Day,
      startsAt: StartTime,
      ticketNo: z.string(),
      at: Instant,
    }),
  ),
  /** EQ-15: after an annulment, whether the live queue of the same day is still possible. */
  liveQueueToday: z.boolean(),
});

export const MOVE_REFUSALS = [
  ...BOOKING_REFUSALS,
  'already-started',
  'already-arrived',
  'already-ended',
  'same-time',
] as const;
export const MoveBookingInput = z.strictObject({
  bookingId: Id,
  day: Day,
  startsAt: StartTime,
  requestKey: RequestKey,
});
export const MoveBookingOutput = z.union([
  z.object({
    ok: z.literal(true),
    bookingId: z.uuid(),
    ticketNo: z.string(),
    ticketCode: z.string(),
    day: Day,
    startsAt: StartTime,
  }),
  z.object({ ok: z.literal(false), refusal: z.enum(MOVE_REFUSALS), nearest: z.array(PlaceChoice) }),
]);

export const CancelBookingInput = z.strictObject({
  bookingId: Id,
  reason: z.string().trim().max(500, { error: 'too-long' }).default(''),
});
export const CancelBookingOutput = z.union([z.object({ ok: z.literal(true) }), refused(CANCEL_REFUSALS)]);

export const TicketCode = z.string().regex(/^[A-Za-z0-9_-]{22}$/, { error: 'invalid' });
export const TicketInput = z.strictObject({ code: TicketCode });
/** C14: the ticket as its owner sees it. */
export const TicketOutput = z.object({
  booking: BookingView,
  initials: z.string(),
  room: z.string().nullable(),
});
/**
 * What the holder of a ticket's code is told while waiting, every few seconds: what the board in the hall shows of this ticket.
 * `over`: nothing more will come.
 */
export const TicketStateOutput = z.object({
  state: z.enum(['expected', 'waiting', 'called', 'in-service', 'over']),
  /** The number that is called; after an annulment the one of the live queue. */
  ticketNo: z.string().nullable(),
  room: z.string().nullable(),
  /** Instant of the last call and how many there were: a repeated call is told again. */
  calledAt: z.iso.datetime().nullable(),
  calls: z.int(),
});
/** C35: what a stranger with the QR may learn. */
export const CheckTicketOutput = z.object({
  state: z.enum(['valid', 'void']),
  ticketNo: z.string().nullable(),
  day: Day.nullable(),
  startsAt: StartTime.nullable(),
});

export const DepartmentsOutput = z.array(DepartmentView);
