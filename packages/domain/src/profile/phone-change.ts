import { ok, refuse, type Result } from '../shared/index.ts';

/** C27: numbers of a change of the contact number. Minutes and counts. */
export const PHONE_CHANGE_POLICY = {
  /** Two codes on two telephones take longer to type than one. */
  lifeMinutes: 10,
  triesPerChange: 5,
  /** Changes begun by one person within a day. */
  perDay: 5,
  resendSeconds: 60,
} as const;

/** What is stored of a change under way; never a code. */
export interface PhoneChange {
  expiresAt: Date;
  tries: number;
  doneAt: Date | null;
}

export type PhoneChangeRefusal = 'wrong' | 'expired' | 'used' | 'too-many-tries';

/**
 * C27, T13: whether the codes change the number: both at once or nothing. `matches.old` is null when the person had no number
 * before, so that there is nobody else to ask.
 */
export function decidePhoneChange(
  change: PhoneChange,
  matches: { old: boolean | null; new: boolean },
  at: Date,
): Result<'changed', PhoneChangeRefusal> {
  if (change.doneAt) return refuse('used');
  if (at > change.expiresAt) return refuse('expired');
  if (change.tries >= PHONE_CHANGE_POLICY.triesPerChange) return refuse('too-many-tries');
  return matches.new && matches.old !== false ? ok('changed') : refuse('wrong');
}

/** Seconds until another change may begin, 0 when now. `begunAt` are the instants of the changes of the last day, in any order. */
export function secondsUntilNextChange(begunAt: readonly Date[], at: Date): number {
  const newestFirst = begunAt.map((each) => each.getTime()).sort((one, other) => other - one);
  const wait = (index: number, seconds: number) => {
    const then = newestFirst[index];
    return then === undefined ? 0 : Math.ceil((then + seconds * 1000 - at.getTime()) / 1000);
  };
  return Math.max(
    0,
    wait(0, PHONE_CHANGE_POLICY.resendSeconds),
    wait(PHONE_CHANGE_POLICY.perDay - 1, 86_400),
  );
}
