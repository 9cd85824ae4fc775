import { ok, type PlainDate, refuse, type Result } from '../shared/index.ts';

/** FF-03: life of a field session (көшпелі отырыс). `held`: the department is there, people are examined. */
export const SESSION_STATES = ['planned', 'announced', 'held', 'closed', 'cancelled'] as const;
export type SessionState = (typeof SESSION_STATES)[number];

/** What can be done with a session. `move`: another day or hour, with everybody told. `put` and `take-off`: a person. */
export const SESSION_EVENTS = ['announce', 'move', 'cancel', 'hold', 'close', 'put', 'take-off'] as const;
export type SessionEvent = (typeof SESSION_EVENTS)[number];

/** The whole life of a session at a glance; what is absent is refused. */
export const SESSION_TRANSITIONS: Record<SessionState, Partial<Record<SessionEvent, SessionState>>> = {
  planned: {
    put: 'planned',
    'take-off': 'planned',
    move: 'planned',
    announce: 'announced',
    cancel: 'cancelled',
  },
  announced: {
    put: 'announced',
    'take-off': 'announced',
    move: 'announced',
    hold: 'held',
    cancel: 'cancelled',
  },
  held: { put: 'held', close: 'closed' },
  closed: {},
  cancelled: {},
};

/** What a step of a session is judged by. */
export interface SessionFacts {
  state: SessionState;
  day: PlainDate;
  /** People on it whose examination is still to come. */
  waiting: number;
  /** Experts of the department who go. */
  members: number;
}

export const SESSION_REFUSALS = [
  'not-possible-now',
  'day-passed',
  'nobody-on-it',
  'no-members',
  'not-its-day',
  'people-waiting',
] as const;
export type SessionRefusal = (typeof SESSION_REFUSALS)[number];

/**
 * FF-03: the state a session enters on an event, or why not. It is announced before its day is over and with people and experts on
 * it, held on its own day only, and closed when everybody on it has an outcome.
 */
export function decideSession(
  facts: SessionFacts,
  event: SessionEvent,
  today: PlainDate,
): Result<SessionState, SessionRefusal> {
  const next = SESSION_TRANSITIONS[facts.state][event];
  if (!next) return refuse('not-possible-now');
  if ((event === 'announce' || (event === 'put' && facts.state !== 'held')) && facts.day < today)
    return refuse('day-passed');
  if (event === 'announce' && facts.waiting === 0) return refuse('nobody-on-it');
  if ((event === 'announce' || event === 'hold') && facts.members === 0) return refuse('no-members');
  if (event === 'hold' && facts.day !== today) return refuse('not-its-day');
  if (event === 'close' && facts.waiting > 0) return refuse('people-waiting');
  return ok(next);
}

/** A day somebody wants for a session. */
export const SESSION_DAY_REFUSALS = ['day-passed', 'not-a-working-day', 'form-ends-before'] as const;
export type SessionDayRefusal = (typeof SESSION_DAY_REFUSALS)[number];

/** FF-02, EQ-08: a session is on a working day that is not over, and within the month of every form on it. */
export function checkSessionDay(
  day: PlainDate,
  facts: { today: PlainDate; isWorkingDay: boolean; formsValidUntil: readonly PlainDate[] },
): SessionDayRefusal | null {
  if (day < facts.today) return 'day-passed';
  if (!facts.isWorkingDay) return 'not-a-working-day';
  if (facts.formsValidUntil.some((until) => until < day)) return 'form-ends-before';
  return null;
}
