import { BOOKING_REFUSALS } from '@mse/domain/queue';
import { WAIT_REFUSALS } from '@mse/domain/wait-list';
import { z } from 'zod';
import { Day, Id, Instant, refused, RequestKey, StartTime } from './common.ts';
import { ACCESS_NEEDS, AccessNeed, DepartmentView, PlaceChoice } from './queue.ts';

/** A freed time that is held for the person until it expires. */
export const OfferView = z.object({
  id: z.uuid(),
  day: Day,
  startsAt: StartTime,
  expiresAt: Instant,
});

/** Somebody's waiting for a freed time: the caller's own or a ward's. */
export const WaitView = z.object({
  id: z.uuid(),
  formId: z.uuid(),
  personName: z.string(),
  self: z.boolean(),
  department: DepartmentView,
  wantedFrom: Day,
  wantedUntil: Day,
  /** Start times wanted; empty: any. */
  wantedTimes: z.array(StartTime),
  since: Instant,
  /** People who asked earlier for some of the same times. */
  ahead: z.int(),
  offer: OfferView.nullable(),
});
export const MyWaitsOutput = z.object({ waits: z.array(WaitView) });

export const WaitOptionsInput = z.strictObject({ formId: Id });
/** What can be waited for: the working days of the form's department with the number of free places of each. */
export const WaitOptionsOutput = z.object({
  personName: z.string(),
  self: z.boolean(),
  department: DepartmentView.nullable(),
  formValidUntil: Day,
  days: z.array(z.object({ day: Day, free: z.int() })),
  /** Start times of these days. */
  times: z.array(StartTime),
  /** Something is free at every time of every day, so that there is nothing to wait for. */
  allFree: z.boolean(),
  /** How long a freed time is kept, in minutes of the day between two hours. */
  keeps: z.object({ minutes: z.int(), from: StartTime, until: StartTime }),
  /** The waiting under way, if any. */
  waiting: WaitView.nullable(),
});

export const SUBSCRIBE_REFUSALS = [...WAIT_REFUSALS, ...BOOKING_REFUSALS] as const;
export const SubscribeInput = z.strictObject({
  formId: Id,
  from: Day,
  until: Day,
  /** Start times wanted; none: any. */
  times: z.array(StartTime).max(24).default([]),
});
export const SubscribeOutput = z.union([
  z.object({ ok: z.literal(true), waitId: z.uuid() }),
  refused(SUBSCRIBE_REFUSALS),
]);

export const LeaveInput = z.strictObject({ waitId: Id });

export const AcceptOfferInput = z.strictObject({
  offerId: Id,
  accessNeeds: z.array(AccessNeed).max(ACCESS_NEEDS.length).default([]),
  /** Made by the page once; a repeated save with the same key gives the same booking. */
  requestKey: RequestKey,
});
export const ACCEPT_REFUSALS = ['offer-ended', ...BOOKING_REFUSALS] as const;
export const AcceptOfferOutput = z.union([
  z.object({ ok: z.literal(true), bookingId: z.uuid(), ticketNo: z.string(), ...PlaceChoice.shape }),
  refused(ACCEPT_REFUSALS),
]);

export const DeclineOfferInput = z.strictObject({ offerId: Id });
export const DeclineOfferOutput = z.union([z.object({ ok: z.literal(true) }), refused(['offer-ended'])]);
