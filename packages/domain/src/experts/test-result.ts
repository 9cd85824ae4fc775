import { addDays, ok, type PlainDate, refuse, type Result } from '../shared/index.ts';
import type { ApplicationEvent, ApplicationState, AutomaticReason } from './application.ts';

/** What the test platform says of one test. The share of right answers in hundredths of a percent: 70.00 % is 7000. */
export interface TestResult {
  hundredths: number;
  proctoring: 'positive' | 'negative';
  takenOn: PlainDate;
}

/** Numbers of RG-11, RG-13, RG-14. */
export interface TestPolicy {
  passPercent: number;
  days: number;
  retakes: number;
  failureUsesRetake: boolean;
}

/** Reads a share of right answers such as `69.99`; undefined for anything that is no share between 0 and 100. Never rounded: 69.999 is no reading of 70. */
export function readPercent(text: string): number | undefined {
  const match = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(text);
  if (!match) return undefined;
  const hundredths = Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
  return hundredths <= 10_000 ? hundredths : undefined;
}

/** RG-11, RG-16: last day on which a test may be taken: so many calendar days after the day of the notification. */
export function testDueOn(notifiedOn: PlainDate, policy: TestPolicy): PlainDate {
  return addDays(notifiedOn, policy.days);
}

/** RG-13: reasons why a test is not passed; none when it is. Both conditions count by themselves: 100 % with a negative proctoring fails. */
export function failuresOf(
  result: Pick<TestResult, 'hundredths' | 'proctoring'>,
  policy: TestPolicy,
): AutomaticReason[] {
  const reasons: AutomaticReason[] = [];
  if (result.hundredths < policy.passPercent * 100) reasons.push('test-negative');
  if (result.proctoring === 'negative') reasons.push('proctoring-negative');
  return reasons;
}

/** Why a result changes nothing. */
export const RESULT_REFUSALS = ['not-waiting', 'wrong-attempt', 'too-late'] as const;
export type ResultRefusal = (typeof RESULT_REFUSALS)[number];

/**
 * RG-13, RG-14, RG-16: what a result does to an application. `usedRetakes` counts retakes that were taken or used up; after the last
 * one a failure refuses, with only the reasons that apply.
 */
export function decideResult(
  application: { state: ApplicationState; attempt: number; usedRetakes: number; dueOn: PlainDate | null },
  result: TestResult & { attempt: number },
  policy: TestPolicy,
): Result<
  { event: Extract<ApplicationEvent, 'pass' | 'fail' | 'fail-again'>; reasons: AutomaticReason[] },
  ResultRefusal
> {
  if (application.state !== 'invited' && application.state !== 'retake') return refuse('not-waiting');
  if (result.attempt !== application.attempt) return refuse('wrong-attempt');
  if (application.dueOn !== null && result.takenOn > application.dueOn) return refuse('too-late');
  const reasons = failuresOf(result, policy);
  if (reasons.length === 0) return ok({ event: 'pass', reasons });
  const retakeLeft = application.state === 'invited' && application.usedRetakes < policy.retakes;
  return ok({ event: retakeLeft ? 'fail' : 'fail-again', reasons });
}

/** RG-14: whether a technical failure, confirmed by an act, opens the test anew, and how many retakes are used up then. */
export function decideTechnicalFailure(
  application: { state: ApplicationState; usedRetakes: number },
  policy: TestPolicy,
): Result<{ usedRetakes: number }, 'not-waiting' | 'no-retake-left'> {
  if (application.state !== 'invited' && application.state !== 'retake') return refuse('not-waiting');
  if (!policy.failureUsesRetake) return ok({ usedRetakes: application.usedRetakes });
  if (application.usedRetakes >= policy.retakes) return refuse('no-retake-left');
  return ok({ usedRetakes: application.usedRetakes + 1 });
}
