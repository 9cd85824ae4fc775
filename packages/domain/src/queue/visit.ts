import { ok, refuse, type Result } from '../shared/index.ts';

/** A visit begins with the arrival mark (K01): waiting, called to a room, in service, then done or gone. */
export const VISIT_STATES = ['waiting', 'called', 'in-service', 'done', 'did-not-come'] as const;
export type VisitState = (typeof VISIT_STATES)[number];

/** What a clerk can do with a visit. `recall` repeats the call; `put-back` returns a person called by mistake to the waiting. */
export const VISIT_EVENTS = ['call', 'recall', 'start', 'finish', 'no-answer', 'put-back'] as const;
export type VisitEvent = (typeof VISIT_EVENTS)[number];

/** The whole life of a visit at a glance; what is absent is refused. */
export const VISIT_TRANSITIONS: Record<VisitState, Partial<Record<VisitEvent, VisitState>>> = {
  waiting: { call: 'called' },
  called: { recall: 'called', start: 'in-service', 'no-answer': 'did-not-come', 'put-back': 'waiting' },
  'in-service': { finish: 'done', 'put-back': 'waiting' },
  done: {},
  'did-not-come': { 'put-back': 'waiting' },
};

export type VisitRefusal = 'not-possible-now';

/** The state a visit enters on an event, or a refusal when the table does not know the pair. */
export function decideVisit(state: VisitState, event: VisitEvent): Result<VisitState, VisitRefusal> {
  const next = VISIT_TRANSITIONS[state][event];
  return next ? ok(next) : refuse('not-possible-now');
}

/** A waiting visit as far as its turn is concerned. */
export interface WaitingVisit {
  kind: 'booked' | 'live';
  /** Appointed start for `booked`, null for `live`. */
  startsAt: Date | null;
  arrivedAt: Date;
  ticketNo: string;
}

/** EQ-15: whose turn is earlier. Booked people by appointed time, then arrival; the live queue after all booked, by arrival. */
export function compareTurn(left: WaitingVisit, right: WaitingVisit): number {
  if (left.kind !== right.kind) return left.kind === 'booked' ? -1 : 1;
  return (
    (left.startsAt?.getTime() ?? 0) - (right.startsAt?.getTime() ?? 0) ||
    left.arrivedAt.getTime() - right.arrivedAt.getTime() ||
    (left.ticketNo < right.ticketNo ? -1 : left.ticketNo > right.ticketNo ? 1 : 0)
  );
}

/** Refusals of an arrival mark (K02). */
export const ARRIVAL_REFUSALS = [
  'not-found',
  'other-department',
  'other-day',
  'already-arrived',
  'already-served',
  'cancelled',
  'too-late',
] as const;
export type ArrivalRefusal = (typeof ARRIVAL_REFUSALS)[number];

/** Refusals of joining the live queue (EQ-15). */
export const LIVE_QUEUE_REFUSALS = [
  'not-found',
  'form-expired',
  'wrong-department',
  'already-waiting',
  'already-served',
  'has-booking',
  'on-field-session',
] as const;
export type LiveQueueRefusal = (typeof LIVE_QUEUE_REFUSALS)[number];
