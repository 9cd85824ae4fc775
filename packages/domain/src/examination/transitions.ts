import { ok, refuse, type Result } from '../shared/index.ts';
import { CASE_STATES, type CaseState, FINAL_CASE_STATES } from './states.ts';

/**
 * PX-39: what can happen to a remote case. `seat-lost`: an expert's part could be given to nobody, so the case is on the waiting list
 * again for that seat (PX-17). `redistributed`: a part went from one expert to another. `overdue`: a term has passed; the Committee sees
 * it (PX-25). The two leave the state as it is.
 */
export const CASE_EVENTS = [
  'held',
  'prepared',
  'dealt',
  'seat-lost',
  'redistributed',
  'overdue',
  'agreed',
  'mismatched',
  'nonconforming',
  'consultation-asked',
  'consultation-answered',
  'invited-again',
  'concluded-in-person',
  'no-show',
  'refused',
] as const;
export type CaseEvent = (typeof CASE_EVENTS)[number];

type Line = Readonly<Partial<Record<CaseEvent, CaseState>>>;
const OVER: Line = {};

/** PX-39: the transition table. What is not in it cannot happen. */
export const TRANSITIONS: Readonly<Record<CaseState, Line>> = {
  accepted: { held: 'held', prepared: 'waiting', overdue: 'accepted' },
  held: { prepared: 'waiting', overdue: 'held' },
  waiting: { dealt: 'deciding', overdue: 'waiting' },
  deciding: {
    agreed: 'concluded',
    mismatched: 'invited',
    nonconforming: 'invited',
    'seat-lost': 'waiting',
    redistributed: 'deciding',
    'consultation-asked': 'consultation',
    overdue: 'deciding',
  },
  invited: {
    'invited-again': 'invited-again',
    'concluded-in-person': 'concluded-in-person',
    'consultation-asked': 'consultation',
    'no-show': 'closed-no-show',
    refused: 'closed-refused',
    overdue: 'invited',
  },
  'invited-again': {
    'concluded-in-person': 'concluded-in-person',
    'consultation-asked': 'consultation',
    'no-show': 'closed-no-show',
    refused: 'closed-refused',
    overdue: 'invited-again',
  },
  consultation: {
    'consultation-answered': 'invited',
    'concluded-in-person': 'concluded-in-person',
    refused: 'closed-refused',
    overdue: 'consultation',
  },
  concluded: OVER,
  'concluded-in-person': OVER,
  'closed-no-show': OVER,
  'closed-refused': OVER,
};

/** PX-39: where an event leads from a state; a refusal when it cannot happen there. */
export function stepCase(state: CaseState, event: CaseEvent): Result<CaseState, 'impossible-now'> {
  const next = TRANSITIONS[state][event];
  return next === undefined ? refuse('impossible-now') : ok(next);
}

/** States from which an event can happen. */
export function statesBefore(event: CaseEvent): CaseState[] {
  return CASE_STATES.filter((state) => TRANSITIONS[state][event] !== undefined);
}

/** Whether nothing happens to a case any more. */
export function isFinalCaseState(state: CaseState): boolean {
  return (FINAL_CASE_STATES as readonly CaseState[]).includes(state);
}

/** PX-37: what a state of the case makes of its form: closed without an examination it is marked poorly completed; null leaves it as it is. */
export function formMark(state: CaseState): 'poorly-completed' | null {
  return state === 'closed-no-show' || state === 'closed-refused' ? 'poorly-completed' : null;
}

/** Who must move next: nobody, the service itself, the experts, the department, or the person. */
export function ownerOfCase(
  state: CaseState,
): 'none' | 'service' | 'committee' | 'experts' | 'department' | 'methodology' {
  switch (state) {
    case 'accepted':
    case 'waiting':
      return 'service';
    case 'held':
      return 'committee';
    case 'deciding':
      return 'experts';
    case 'invited':
    case 'invited-again':
      return 'department';
    case 'consultation':
      return 'methodology';
    default:
      return 'none';
  }
}

/** PX-51: stages of the service as the monitoring system of state services is told them. */
export const SERVICE_STAGES = [
  'registered',
  'examined',
  'invited',
  'consulted',
  'rendered',
  'not-rendered',
] as const;
export type ServiceStage = (typeof SERVICE_STAGES)[number];

/** PX-51: the stage of the service in a state of its case. */
export function serviceStage(state: CaseState): ServiceStage {
  switch (state) {
    case 'accepted':
    case 'held':
    case 'waiting':
      return 'registered';
    case 'deciding':
      return 'examined';
    case 'invited':
    case 'invited-again':
      return 'invited';
    case 'consultation':
      return 'consulted';
    case 'concluded':
    case 'concluded-in-person':
      return 'rendered';
    case 'closed-no-show':
    case 'closed-refused':
      return 'not-rendered';
  }
}
