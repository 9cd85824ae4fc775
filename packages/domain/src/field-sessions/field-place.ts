import type { BookingState } from '../queue/index.ts';
import { ok, type PlainDate, refuse, type Result } from '../shared/index.ts';
import { type FieldPlaceKind, PLACE_NEEDS, type PlaceRefusal } from './places.ts';

/**
 * FF-03: a person's place of examination outside the queue: on a field session, or in absentia. `on` waits; `examined` has a
 * conclusion; `refused` by a ground of FF-04; the others gave the form back, so that it can be booked or put elsewhere.
 */
export const FIELD_PLACE_STATES = [
  'on',
  'examined',
  'refused',
  'not-met',
  'moved',
  'taken-off',
  'cancelled',
] as const;
export type FieldPlaceState = (typeof FIELD_PLACE_STATES)[number];

/** Why a person cannot be put on a session, or examined in absentia. */
export const PUT_REFUSALS = [
  'not-in-person',
  'already-served',
  'form-expired',
  'has-booking',
  'in-live-queue',
  'on-another-session',
  'session-full',
  'other-territory',
  'registry-silent',
  'request-missing',
  'place-lacks',
] as const;
export type PutRefusal = (typeof PUT_REFUSALS)[number];

/** What decides whether a form can have a place outside the queue. */
export interface PutFacts {
  place: FieldPlaceKind;
  /** Intake accepted the form for the in-person track. */
  formAccepted: boolean;
  formServed: boolean;
  formValidUntil: PlainDate;
  /** State of the booking that holds the form; null when none does. */
  holdingBooking: BookingState | null;
  /** The person waits, is called or in service at the department. */
  waits: boolean;
  /** The form has another live place outside the queue. */
  elsewhere: boolean;
  /** The person is registered where the department serves; null while the registry of persons is silent. */
  registeredHere: boolean | null;
  /** A granted request stands behind it. */
  granted: boolean;
  lacks: readonly PlaceRefusal[];
}

/**
 * FF-03, EQ-13: whether a form gets a place outside the queue on `day`. One live place of examination per form: a booking, a turn of
 * the live queue or a place outside. Places by the commission's conclusion need a request that was granted.
 */
export function decidePut(
  facts: PutFacts,
  session: { day: PlainDate; capacity: number; taken: number } | null,
  today: PlainDate,
): Result<void, PutRefusal> {
  const needs = PLACE_NEEDS[facts.place];
  if (!facts.formAccepted) return refuse('not-in-person');
  if (facts.formServed || facts.holdingBooking === 'served') return refuse('already-served');
  if (facts.formValidUntil < (session?.day ?? today)) return refuse('form-expired');
  if (facts.holdingBooking !== null) return refuse('has-booking');
  if (facts.waits) return refuse('in-live-queue');
  if (facts.elsewhere) return refuse('on-another-session');
  if (needs.registration && facts.registeredHere === null) return refuse('registry-silent');
  if (needs.registration && !facts.registeredHere) return refuse('other-territory');
  if (needs.consent && !facts.granted) return refuse('request-missing');
  if (facts.lacks.length > 0) return refuse('place-lacks');
  if (session && session.taken >= session.capacity) return refuse('session-full');
  return ok(undefined);
}

/** Life of a request for an examination outside the department: `granted` may be put on a session, or is examined in absentia. */
export const REQUEST_STATES = ['asked', 'granted', 'refused', 'withdrawn', 'done'] as const;
export type RequestState = (typeof REQUEST_STATES)[number];
export const REQUEST_EVENTS = ['grant', 'refuse', 'withdraw', 'finish'] as const;
export type RequestEvent = (typeof REQUEST_EVENTS)[number];

export const REQUEST_TRANSITIONS: Record<RequestState, Partial<Record<RequestEvent, RequestState>>> = {
  asked: { grant: 'granted', refuse: 'refused', withdraw: 'withdrawn' },
  granted: { refuse: 'refused', withdraw: 'withdrawn', finish: 'done' },
  refused: {},
  withdrawn: {},
  done: {},
};

/** The state a request enters on an event, or a refusal when the table does not know the pair. */
export function decideRequest(
  state: RequestState,
  event: RequestEvent,
): Result<RequestState, 'not-possible-now'> {
  const next = REQUEST_TRANSITIONS[state][event];
  return next ? ok(next) : refuse('not-possible-now');
}

/** FF-03: why a request is refused; the rules know no other way to judge it than its own conditions. */
export const REQUEST_REFUSAL_REASONS = [
  'conclusion-not-confirmed',
  'conclusion-allows-coming',
  'place-outside-region',
  'ground-not-met',
  'form-expired',
] as const;
export type RequestRefusalReason = (typeof REQUEST_REFUSAL_REASONS)[number];

/** Whose move it is, for the page of the person who asked. */
export const REQUEST_TURNS = [
  'department-answers',
  'department-plans',
  'department-comes',
  'department-concludes',
  'you',
  'nobody',
] as const;
export type RequestTurn = (typeof REQUEST_TURNS)[number];

/** Whose move it is with a request: the department's until there is a conclusion; the person's again after a refusal. */
export function requestTurn(state: RequestState, place: FieldPlaceKind, onSession: boolean): RequestTurn {
  if (state === 'asked') return 'department-answers';
  if (state === 'granted')
    return place === 'in-absentia'
      ? 'department-concludes'
      : onSession
        ? 'department-comes'
        : 'department-plans';
  return state === 'refused' || state === 'withdrawn' ? 'you' : 'nobody';
}
