import { ok, type PlainDate, refuse, type Result } from '../shared/index.ts';

/** EQ-17: a problem waits to be sent, or was sent to the Methodology Department. */
export const PROBLEM_STATES = ['open', 'sent'] as const;
export type ProblemState = (typeof PROBLEM_STATES)[number];

/** What can happen to a problem; its history tells each. `reopened`: it was marked as sent by mistake. */
export const PROBLEM_EVENTS = ['registered', 'sent', 'noted', 'reopened'] as const;
export type ProblemEvent = (typeof PROBLEM_EVENTS)[number];

/** Calendar days that a detection may lie back when it is entered; what is older is a slip of the year. */
export const DETECTION_DAYS_BACK = 366;

/** Why a problem is not entered. */
export const REGISTER_REFUSALS = ['detected-ahead', 'detected-long-ago', 'unknown-department'] as const;
export type RegisterRefusal = (typeof REGISTER_REFUSALS)[number];

/** EQ-17: whether a problem may be entered. `daysBack` are calendar days from its detection to today; the clock runs from detection. */
export function decideRegistration(daysBack: number): Result<'register', RegisterRefusal> {
  if (daysBack < 0) return refuse('detected-ahead');
  return daysBack > DETECTION_DAYS_BACK ? refuse('detected-long-ago') : ok('register');
}

/** Why a problem is not marked as sent. */
export const SEND_REFUSALS = ['already-sent', 'sent-ahead', 'sent-before-detected'] as const;
export type SendRefusal = (typeof SEND_REFUSALS)[number];

/** EQ-17: whether a problem may be marked as sent on a day. A late sending is marked, too: the clock then says so. */
export function decideSending(
  problem: { state: ProblemState; detectedOn: PlainDate },
  sentOn: PlainDate,
  today: PlainDate,
): Result<'send', SendRefusal> {
  if (problem.state === 'sent') return refuse('already-sent');
  if (sentOn > today) return refuse('sent-ahead');
  return sentOn < problem.detectedOn ? refuse('sent-before-detected') : ok('send');
}

/** Why a mark is not taken back. */
export const REOPEN_REFUSALS = ['not-sent'] as const;

/** EQ-17: a mark set by mistake is taken back with a reason; the clock runs on from the detection as if it had never been set. */
export function decideReopening(problem: {
  state: ProblemState;
}): Result<'reopen', (typeof REOPEN_REFUSALS)[number]> {
  return problem.state === 'sent' ? ok('reopen') : refuse('not-sent');
}
