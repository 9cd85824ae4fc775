import { addMinutes, ok, refuse, type Result } from '../shared/index.ts';

/** Policy of the six-digit SMS code. Minutes, seconds and counts; dated data would go here if a law named them. */
export const CODE_POLICY = {
  digits: 6,
  lifeMinutes: 5,
  triesPerCode: 5,
  /** Wrong codes of one person within a day; asking for a new code does not reset it. */
  failuresPerDay: 10,
  resendSeconds: 60,
  /** Codes sent to one person. */
  perHour: 5,
  perDay: 10,
} as const;

/** What is stored of a code that was sent; never the code itself. */
export interface SentCode {
  sentAt: Date;
  tries: number;
  used: boolean;
}

export type CodeRefusal = 'wrong' | 'expired' | 'used' | 'too-many-tries';

/** Whether a sent code may still be tried, and whether this try is the right one. The caller compares hashes in constant time. */
export function decideCode(
  code: SentCode,
  matches: boolean,
  failuresToday: number,
  at: Date,
): Result<'accepted', CodeRefusal> {
  if (code.used) return refuse('used');
  if (at > addMinutes(code.sentAt, CODE_POLICY.lifeMinutes)) return refuse('expired');
  if (code.tries >= CODE_POLICY.triesPerCode || failuresToday >= CODE_POLICY.failuresPerDay)
    return refuse('too-many-tries');
  return matches ? ok('accepted') : refuse('wrong');
}

/**
 * T11: seconds to wait before another code may be sent under the same ИИН, 0 when it may be sent now.
 * `sentAt` holds the instants of earlier codes, in any order; those older than a day do not matter.
 */
export function secondsUntilNextCode(sentAt: readonly Date[], at: Date): number {
  const newestFirst = sentAt.map((instant) => instant.getTime()).sort((left, right) => right - left);
  const until = (count: number, windowSeconds: number) => {
    const oldestThatCounts = newestFirst[count - 1];
    return oldestThatCounts === undefined
      ? 0
      : Math.ceil((oldestThatCounts + windowSeconds * 1000 - at.getTime()) / 1000);
  };
  return Math.max(
    0,
    until(1, CODE_POLICY.resendSeconds),
    until(CODE_POLICY.perHour, 3600),
    until(CODE_POLICY.perDay, 86_400),
  );
}
