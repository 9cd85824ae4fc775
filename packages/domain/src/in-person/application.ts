import { checkPlace, PLACE_NEEDS, type PlaceFacts, type PlaceRefusal } from '../field-sessions/index.ts';
import type { PlainDate, PlainTime } from '../shared/index.ts';
import { ok, refuse, type Result } from '../shared/index.ts';
import {
  type DocumentNeeds,
  expiredDocuments,
  type HandedDocument,
  type InPersonDocument,
  missingDocuments,
} from './documents.ts';

/**
 * FF-11: life of an application at the counter. `refusal-proposed` waits for the head (four eyes); `consultation`: with the
 * methodology and control department (PX-22).
 */
export const APPLICATION_STATES = [
  'open',
  'accepted',
  'refusal-proposed',
  'consultation',
  'refused',
  'withdrawn',
  'concluded',
] as const;
export type ApplicationState = (typeof APPLICATION_STATES)[number];

/** What can be done with an application. `reject-refusal`: the head does not agree with the proposal. */
export const APPLICATION_EVENTS = [
  'save',
  'add-documents',
  'accept',
  'propose-refusal',
  'confirm-refusal',
  'reject-refusal',
  'ask-consultation',
  'answer-consultation',
  'withdraw',
  'draft',
  'conclude',
] as const;
export type ApplicationEvent = (typeof APPLICATION_EVENTS)[number];

/** The whole life of an application at a glance; what is absent is refused. */
export const APPLICATION_TRANSITIONS: Record<
  ApplicationState,
  Partial<Record<ApplicationEvent, ApplicationState>>
> = {
  open: {
    save: 'open',
    'add-documents': 'open',
    accept: 'accepted',
    'propose-refusal': 'refusal-proposed',
    withdraw: 'withdrawn',
  },
  'refusal-proposed': { 'confirm-refusal': 'refused', 'reject-refusal': 'open', withdraw: 'withdrawn' },
  accepted: {
    draft: 'accepted',
    'ask-consultation': 'consultation',
    'propose-refusal': 'refusal-proposed',
    withdraw: 'withdrawn',
    conclude: 'concluded',
  },
  consultation: { 'answer-consultation': 'accepted', withdraw: 'withdrawn' },
  refused: {},
  withdrawn: {},
  concluded: {},
};

/** The state an application enters on an event, or a refusal when the table does not know the pair. */
export function decideApplication(
  state: ApplicationState,
  event: ApplicationEvent,
): Result<ApplicationState, 'not-possible-now'> {
  const next = APPLICATION_TRANSITIONS[state][event];
  return next ? ok(next) : refuse('not-possible-now');
}

/** FF-04: the four grounds of refusal, in the order of the law. */
export const REFUSAL_GROUNDS = [
  'documents-expired',
  'documents-incomplete',
  'other-territory',
  'no-consent',
] as const;
export type RefusalGround = (typeof REFUSAL_GROUNDS)[number];

/** What the check of an application looks at. */
export interface ApplicationFacts {
  needs: DocumentNeeds;
  documents: readonly HandedDocument[];
  /** EQ-08: last valid day of the form 031/у. */
  formValidUntil: PlainDate;
  /** FF-04(3): whether the person is registered for good where this department serves; null while the registry is silent. */
  registeredHere: boolean | null;
  /** FF-04(4): consent to use personal data, in force. */
  consented: boolean;
  /** FF-03: where the person is examined. */
  place: PlaceFacts;
}

/** What the check found; every ground with the rows it rests on. */
export interface ApplicationCheck {
  grounds: RefusalGround[];
  missing: InPersonDocument[][];
  expired: InPersonDocument[];
  /** What the place lacks; no ground of refusal, but nobody is accepted without it. */
  place: PlaceRefusal[];
}

/** FF-03, FF-04, FF-10: the grounds that apply on `today`, and what the place lacks. Two empty lists mean the application can be accepted. */
export function checkApplication(facts: ApplicationFacts, today: PlainDate): ApplicationCheck {
  const missing = missingDocuments(facts.needs, facts.documents);
  const expired = expiredDocuments(facts.documents, today);
  if (facts.formValidUntil < today && !expired.includes('referral')) expired.push('referral');
  const applies: Record<RefusalGround, boolean> = {
    'documents-expired': expired.length > 0,
    'documents-incomplete': missing.length > 0,
    // The law's ground is the visit to a department; it does not bind where the department travels to or decides in absentia.
    'other-territory': PLACE_NEEDS[facts.place.place].registration && facts.registeredHere === false,
    'no-consent': !facts.consented,
  };
  return {
    grounds: REFUSAL_GROUNDS.filter((ground) => applies[ground]),
    missing,
    expired,
    place: checkPlace(facts.place, today),
  };
}

/**
 * FF-02, C3: whether somebody who came at `time` came before the end of in-person intake. Who comes early or in the lunch waits for
 * its end; only the end of intake turns somebody away. People invited after a mismatch have a window of their own (PX-34).
 */
export function beforeIntakeEnds(hours: { until: string }, time: PlainTime): boolean {
  return time <= hours.until;
}

/** PX-34: whether a visit after an invitation falls into its window. */
export function inVisitWindow(window: { from: string; until: string }, time: PlainTime): boolean {
  return time >= window.from && time <= window.until;
}

/** FF-01: minutes used of both limits; the service runs until `endedAt`, or until now. */
export function serviceClock(
  limits: { waiting: number; service: number },
  times: { arrivedAt: Date | null; openedAt: Date; endedAt: Date | null },
  now: Date,
): { waited: number | null; served: number; late: boolean } {
  const minutes = (from: Date, to: Date) => Math.max(0, Math.floor((to.getTime() - from.getTime()) / 60_000));
  const waited = times.arrivedAt ? minutes(times.arrivedAt, times.openedAt) : null;
  const served = minutes(times.openedAt, times.endedAt ?? now);
  return { waited, served, late: (waited ?? 0) > limits.waiting || served > limits.service };
}
