import {
  ok,
  type PlainDate,
  type PlainTime,
  refuse,
  type Result,
  toBusinessDate,
  toInstant,
} from '../shared/index.ts';
import { isQueueOpen, type QueuePilot } from './pilot.ts';

/** States of a booking. `booked` and `arrived` are live; the rest are history. */
export const BOOKING_STATES = ['booked', 'arrived', 'served', 'cancelled', 'moved', 'annulled'] as const;
export type BookingState = (typeof BOOKING_STATES)[number];

/** EQ-13: a form with a booking in one of these states can have no other. `served` stays: the form did its work. */
export const HOLDING_STATES = ['booked', 'arrived', 'served'] as const satisfies readonly BookingState[];

/** What is known of a form and its person when a booking is asked for. */
export interface BookingFacts {
  /** Intake accepted the form for the in-person track. */
  formAccepted: boolean;
  /** Last day on which the form holds. */
  formValidUntil: PlainDate;
  /** Department of the permanent registration, or null when there is none. */
  registeredDepartmentId: string | null;
  /** Region of that registration, two digits; null when there is none. */
  regionCode: string | null;
  /** State of the booking that already holds this form, if any. */
  holdingBooking: BookingState | null;
  /** EQ-16: the person has agreed to the processing of personal data. */
  consentGiven: boolean;
  /** FF-03: the form is on a field session, or is examined in absentia. */
  fieldPlace: boolean;
}

/** EQ-08: the three checks before booking, in the order the rule names them. */
export const ELIGIBILITY_CHECKS = ['form-valid', 'permanent-registration', 'free-time'] as const;
export type EligibilityCheck = (typeof ELIGIBILITY_CHECKS)[number];

/** Why a check did not pass; each literal has its words in three languages. */
export type EligibilityReason =
  | 'form-not-accepted'
  | 'form-expired'
  | 'no-permanent-registration'
  | 'region-without-queue'
  | 'no-department'
  | 'no-free-time'
  | 'registry-silent';

/** Outcome of one check; `unknown` means a registry did not answer, which is never a "no". */
export interface EligibilityOutcome {
  check: EligibilityCheck;
  state: 'passed' | 'failed' | 'unknown';
  reason: EligibilityReason | null;
}

/**
 * EQ-08, GV-04: the three checks of a booking request, said one by one.
 * `firstFreeDay` is the first day with a free place within the form's validity, null when there is none.
 * `registrationKnown` is false while the registry of persons is silent.
 */
export function checkEligibility(
  facts: BookingFacts,
  context: { pilots: readonly QueuePilot[]; firstFreeDay: PlainDate | null; registrationKnown: boolean },
  at: Date,
): EligibilityOutcome[] {
  const today = toBusinessDate(at);
  const form: EligibilityReason | null = !facts.formAccepted
    ? 'form-not-accepted'
    : facts.formValidUntil < today
      ? 'form-expired'
      : null;
  const registration: EligibilityReason | null = !context.registrationKnown
    ? 'registry-silent'
    : facts.regionCode === null
      ? 'no-permanent-registration'
      : !isQueueOpen(context.pilots, facts.regionCode, today)
        ? 'region-without-queue'
        : facts.registeredDepartmentId === null
          ? 'no-department'
          : null;
  const freeTime: EligibilityReason | null = context.firstFreeDay === null ? 'no-free-time' : null;
  return [
    outcome('form-valid', form),
    outcome('permanent-registration', registration),
    outcome('free-time', freeTime),
  ];
}

function outcome(check: EligibilityCheck, reason: EligibilityReason | null): EligibilityOutcome {
  return {
    check,
    reason,
    state: reason === null ? 'passed' : reason === 'registry-silent' ? 'unknown' : 'failed',
  };
}

/** Refusals of a booking; `time-taken` is the only one that a second try with another time can mend. */
export const BOOKING_REFUSALS = [
  'consent-missing',
  'form-not-accepted',
  'form-expired',
  'no-permanent-registration',
  'registry-silent',
  'region-without-queue',
  'no-department',
  'wrong-department',
  'already-booked',
  'already-served',
  'on-field-session',
  'after-form-validity',
  'time-passed',
  'time-taken',
  'request-key-reused',
] as const;
export type BookingRefusal = (typeof BOOKING_REFUSALS)[number];

/** The place a person asks for. */
export interface WantedPlace {
  departmentId: string;
  day: PlainDate;
  startsAt: PlainTime;
}

/**
 * Whether a person may take a place: EQ-08 (form, registration, department), EQ-09 (nothing after the form's last day),
 * EQ-13 and FF-03 (one live place of examination per form), EQ-16 (consent), GV-04 (pilot on the day of the visit).
 * Whether the place is still free is decided by the unique index, not here.
 */
export function decideBooking(
  wanted: WantedPlace,
  facts: BookingFacts,
  pilots: readonly QueuePilot[],
  at: Date,
): Result<{ departmentId: string }, BookingRefusal> {
  if (!facts.consentGiven) return refuse('consent-missing');
  if (!facts.formAccepted) return refuse('form-not-accepted');
  if (facts.formValidUntil < toBusinessDate(at)) return refuse('form-expired');
  if (facts.regionCode === null) return refuse('no-permanent-registration');
  if (!isQueueOpen(pilots, facts.regionCode, wanted.day)) return refuse('region-without-queue');
  if (facts.registeredDepartmentId === null) return refuse('no-department');
  if (facts.registeredDepartmentId !== wanted.departmentId) return refuse('wrong-department');
  if (facts.holdingBooking === 'served') return refuse('already-served');
  if (facts.holdingBooking !== null) return refuse('already-booked');
  if (facts.fieldPlace) return refuse('on-field-session');
  if (wanted.day > facts.formValidUntil) return refuse('after-form-validity');
  if (toInstant(wanted.day, wanted.startsAt) <= at) return refuse('time-passed');
  return ok({ departmentId: facts.registeredDepartmentId });
}

/** Refusals of cancelling. */
export const CANCEL_REFUSALS = ['already-started', 'already-arrived', 'already-ended'] as const;
export type CancelRefusal = (typeof CANCEL_REFUSALS)[number];

/** EQ-12: a person can cancel until the start time. Cancelling what is cancelled is a success: the wish is fulfilled. */
export function decideCancel(
  booking: { state: BookingState; startsAt: Date },
  at: Date,
): Result<'cancel' | 'nothing-to-do', CancelRefusal> {
  if (booking.state === 'cancelled') return ok('nothing-to-do');
  if (booking.state === 'arrived') return refuse('already-arrived');
  if (booking.state !== 'booked') return refuse('already-ended');
  if (booking.startsAt <= at) return refuse('already-started');
  return ok('cancel');
}
