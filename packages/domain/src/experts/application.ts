import { ok, type PlainDate, refuse, type Result } from '../shared/index.ts';

/**
 * Where an application stands. `checking`: with the Committee (RG-08). `refusal-proposed`: one official proposes a refusal, a second
 * must confirm it. `invited`, `retake`: a test may be taken until its last day (RG-11, RG-14). `passed`: waits for the contract.
 * `contract-sent`: signed by the Committee, waits for the candidate (RG-20). `contract-signed`: by both sides, waits for entry (RG-21).
 * `review`: the refused person asked a human to look at it again (GV-08).
 */
export const APPLICATION_STATES = [
  'draft',
  'checking',
  'refusal-proposed',
  'invited',
  'retake',
  'passed',
  'contract-sent',
  'contract-signed',
  'entered',
  'refused',
  'review',
  'withdrawn',
] as const;
export type ApplicationState = (typeof APPLICATION_STATES)[number];

/** What can happen to an application. */
export const APPLICATION_EVENTS = [
  'submit',
  'withdraw',
  'invite',
  'propose-refusal',
  'confirm-refusal',
  'turn-down-refusal',
  'pass',
  'fail',
  'fail-again',
  'renew-test',
  'miss-test',
  'send-contract',
  'sign-contract',
  'miss-contract',
  'enter',
  'ask-review',
  'uphold',
  'back-to-check',
  'back-to-test',
  'back-to-passed',
] as const;
export type ApplicationEvent = (typeof APPLICATION_EVENTS)[number];

/** The one table of steps: from, by, to. What does not stand here does not happen. */
export const APPLICATION_STEPS: readonly (readonly [ApplicationState, ApplicationEvent, ApplicationState])[] =
  [
    ['draft', 'submit', 'checking'],
    ['draft', 'withdraw', 'withdrawn'],
    ['checking', 'invite', 'invited'],
    ['checking', 'propose-refusal', 'refusal-proposed'],
    ['checking', 'withdraw', 'withdrawn'],
    ['refusal-proposed', 'confirm-refusal', 'refused'],
    ['refusal-proposed', 'turn-down-refusal', 'checking'],
    ['invited', 'pass', 'passed'],
    ['invited', 'fail', 'retake'],
    // A policy of no retakes at all ends with the first failed test.
    ['invited', 'fail-again', 'refused'],
    ['invited', 'renew-test', 'invited'],
    ['invited', 'miss-test', 'refused'],
    ['invited', 'withdraw', 'withdrawn'],
    ['retake', 'pass', 'passed'],
    ['retake', 'fail-again', 'refused'],
    ['retake', 'renew-test', 'retake'],
    ['retake', 'miss-test', 'refused'],
    ['retake', 'withdraw', 'withdrawn'],
    ['passed', 'send-contract', 'contract-sent'],
    ['passed', 'withdraw', 'withdrawn'],
    ['contract-sent', 'sign-contract', 'contract-signed'],
    ['contract-sent', 'miss-contract', 'refused'],
    ['contract-sent', 'withdraw', 'withdrawn'],
    ['contract-signed', 'enter', 'entered'],
    ['refused', 'ask-review', 'review'],
    ['review', 'uphold', 'refused'],
    ['review', 'back-to-check', 'checking'],
    ['review', 'back-to-test', 'retake'],
    ['review', 'back-to-passed', 'passed'],
  ];

/** Where a step leads; undefined when it is not possible from there. */
export function stepTo(from: ApplicationState, event: ApplicationEvent): ApplicationState | undefined {
  return APPLICATION_STEPS.find(([state, by]) => state === from && by === event)?.[2];
}

/** What may happen next. */
export function nextEvents(from: ApplicationState): ApplicationEvent[] {
  return APPLICATION_STEPS.filter(([state]) => state === from).map(([, event]) => event);
}

/** States in which an application is under way: a person has at most one of these. */
export const LIVE_APPLICATION_STATES = [
  'draft',
  'checking',
  'refusal-proposed',
  'invited',
  'retake',
  'passed',
  'contract-sent',
  'contract-signed',
  'review',
] as const satisfies readonly ApplicationState[];

/**
 * Reasons of the law to refuse. RG-10: (a), (b), (c) of the refusal to accept. RG-16: the four automatic ones. Their words are in
 * `expert-register:reason.<reason>`, Kazakh verbatim.
 */
export const CHECK_REASONS = ['incomplete-or-expired', 'disqualifying', 'no-proof'] as const;
export type CheckReason = (typeof CHECK_REASONS)[number];
export const AUTOMATIC_REASONS = [
  'test-negative',
  'proctoring-negative',
  'test-not-taken',
  'contract-not-signed',
] as const;
export type AutomaticReason = (typeof AUTOMATIC_REASONS)[number];
export type RefusalReason = CheckReason | AutomaticReason;

/** Why nobody can begin or send an application now. */
export const APPLY_REFUSALS = [
  'intake-not-open',
  'intake-closed',
  'barred',
  'expert-already',
  'application-under-way',
  'applied-before',
  'person-not-eligible',
] as const;
export type ApplyRefusal = (typeof APPLY_REFUSALS)[number];

/** What decides whether a person may apply. */
export interface ApplicantFacts {
  /** RG-33: was excluded for systematic failure of the planned indicator, ever. */
  barred: boolean;
  inRegister: boolean;
  /** Another application of the person that is under way. */
  underWay: boolean;
  /** RG-14: an application for this announcement that was sent and not withdrawn; a second one would be a third try. */
  appliedBefore: boolean;
  alive: boolean;
  capable: boolean;
}

/** RG-01, RG-14, RG-33: whether a person may apply for an announcement today. The bar comes first: it lasts whatever else changes. */
export function decideApply(
  announcement: { state: 'draft' | 'announced' | 'open' | 'closed' | 'withdrawn' },
  applicant: ApplicantFacts,
): Result<null, ApplyRefusal> {
  if (applicant.barred) return refuse('barred');
  if (!applicant.alive || !applicant.capable) return refuse('person-not-eligible');
  if (applicant.inRegister) return refuse('expert-already');
  if (announcement.state === 'draft' || announcement.state === 'announced') return refuse('intake-not-open');
  if (announcement.state !== 'open') return refuse('intake-closed');
  if (applicant.underWay) return refuse('application-under-way');
  if (applicant.appliedBefore) return refuse('applied-before');
  return ok(null);
}

/** RG-09: what the candidate fills in and confirms, besides what the registries say. */
export interface ApplicationFields {
  /** RG-09(4): nosological forms. */
  groups: string[];
  email: string;
  phone: string;
  /** RG-09(3). */
  address: string;
  /** RG-09(5), C7: consent to collect and process until exclusion. */
  consent: boolean;
  /** RG-09(6). */
  warned: boolean;
  /** RG-09(7), (8). */
  computer: boolean;
  modem: boolean;
  /** RG-09(9). */
  tariffs: boolean;
  /** RG-09(12): was told that nothing goes abroad or to the public. */
  informed: boolean;
}

/** Fields that a complete application must have; the order is that of the form. */
export const APPLICATION_FIELDS = [
  'groups',
  'address',
  'email',
  'phone',
  'consent',
  'warned',
  'computer',
  'modem',
  'tariffs',
  'informed',
] as const satisfies readonly (keyof ApplicationFields)[];
export type ApplicationField = (typeof APPLICATION_FIELDS)[number];

/** RG-09: fields that are missing before an application can be sent. */
export function missingFields(fields: Partial<ApplicationFields>): ApplicationField[] {
  return APPLICATION_FIELDS.filter((field) => {
    const value = fields[field];
    if (Array.isArray(value)) return value.length === 0;
    return typeof value === 'string' ? value.trim() === '' : value !== true;
  });
}

/** C7: a wording of the consent in the application; its words stand in `expert-application:consent.<version>`. */
export interface ApplicationConsentVersion {
  version: 'pilot' | 'order-393';
  validFrom: PlainDate;
}

/** C7: both dated wordings: of the pilot (with the Committee's БИН and transfer to third parties), and of order 393 from 12 July 2026. */
export const APPLICATION_CONSENTS: readonly ApplicationConsentVersion[] = [
  { version: 'pilot', validFrom: '2024-10-01' as PlainDate },
  { version: 'order-393', validFrom: '2026-07-12' as PlainDate },
];

/** C7: the wording that counts on a day. */
export function applicationConsentOn(day: PlainDate): ApplicationConsentVersion['version'] {
  return APPLICATION_CONSENTS.findLast(({ validFrom }) => validFrom <= day)?.version ?? 'pilot';
}

/** C6: what the outside expert is called on a day: expert doctor in the pilot, independent expert since 1 January 2025 (GV-01). */
export function expertTermOn(day: PlainDate): 'expert-doctor' | 'independent-expert' {
  return day < '2025-01-01' ? 'expert-doctor' : 'independent-expert';
}

/** Why four eyes do not agree. */
export const FOUR_EYES_REFUSALS = ['own-proposal', 'changed-meanwhile'] as const;
export type FourEyesRefusal = (typeof FOUR_EYES_REFUSALS)[number];

/** Four eyes: a step somebody proposed is confirmed or turned down by somebody else. */
export function decideFourEyes(
  proposal: { proposedBy: string | null; open: boolean },
  other: string,
): Result<null, FourEyesRefusal> {
  if (!proposal.open) return refuse('changed-meanwhile');
  return proposal.proposedBy === other ? refuse('own-proposal') : ok(null);
}
