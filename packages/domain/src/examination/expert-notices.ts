import type { PolicyValues } from '../policies/index.ts';
import { sendingTime } from '../notifications/index.ts';
import { addMinutes } from '../shared/index.ts';

/** PX-17, PX-25: how much an expert has been told of a part: nothing, that it came, that its term nears, that it nears closely, that it has passed. */
export const NOTICE_LEVELS = { none: 0, dealt: 1, warned: 2, warnedAgain: 3, overdue: 4 } as const;

/** A part as the news of it are judged. */
export interface PartNews {
  /** How much was told already; one of `NOTICE_LEVELS`. */
  told: number;
  warnedAt: Date | null;
  warnedAgainAt: Date | null;
  overdueAt: Date | null;
  dueAt: Date;
}

/** What there is to tell of a part by now. */
export function noticeLevel(part: Omit<PartNews, 'told' | 'dueAt'>): number {
  if (part.overdueAt !== null) return NOTICE_LEVELS.overdue;
  if (part.warnedAgainAt !== null) return NOTICE_LEVELS.warnedAgain;
  return part.warnedAt === null ? NOTICE_LEVELS.dealt : NOTICE_LEVELS.warned;
}

/** The one message about everything that is new: counts and the nearest term, nothing of any case (PX-04). */
export interface ExpertDigest {
  dealt: number;
  soon: number;
  overdue: number;
  /** The earliest term among the parts the message is about. */
  firstDueAt: Date;
}

/** PX-25: what is new to an expert in one message; null when nothing is. A part that came and is already near its term counts as both. */
export function digestOf(parts: readonly PartNews[]): ExpertDigest | null {
  const news = parts.filter((part) => part.told < noticeLevel(part));
  const [first, ...others] = news;
  if (!first) return null;
  const count = (holds: (part: PartNews) => boolean) => news.filter(holds).length;
  return {
    dealt: count(({ told }) => told === NOTICE_LEVELS.none),
    soon: count((part) =>
      [NOTICE_LEVELS.warned, NOTICE_LEVELS.warnedAgain].some((level) => level === noticeLevel(part)),
    ),
    overdue: count((part) => noticeLevel(part) === NOTICE_LEVELS.overdue),
    firstDueAt: others.reduce((least, { dueAt }) => (dueAt < least ? dueAt : least), first.dueAt),
  };
}

/**
 * PX-25: whether an expert is told now. At night nobody is: what came meanwhile makes one message in the morning. A term that nears or has
 * passed is told at once; that cases came waits until the pause since the last message is over, so that a busy day is no row of messages.
 */
export function isTimeToTell(
  digest: ExpertDigest,
  lastAt: Date | null,
  policy: PolicyValues['terms.notices'],
  at: Date,
): boolean {
  if (isNight(at)) return false;
  return digest.soon + digest.overdue > 0 || lastAt === null || addMinutes(lastAt, policy.pauseMinutes) <= at;
}

/** Whether experts are left in peace at this moment. */
export function isNight(at: Date): boolean {
  return sendingTime('expert-digest', at) > at;
}
