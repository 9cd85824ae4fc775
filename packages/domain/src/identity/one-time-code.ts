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
