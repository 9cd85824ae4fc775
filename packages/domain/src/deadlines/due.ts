import { addWorkingDays, type WorkingCalendar } from '../calendar/index.ts';
import { type PolicyRow, policyOn, type PolicyValues } from '../policies/index.ts';
import { addDays, type PlainDate, plainTime, toBusinessDate, toInstant } from '../shared/index.ts';

/** PX-21: how terms are counted on a day. */
export interface Counting {
  counting: PolicyValues['terms.counting'];
  /** Last minute of a working day that still counts as that day, `HH:mm`. */
  cutOff: string;
  /** Time of day at which the last day ends, `HH:mm`. */
  dayEnds: string;
}

/** How terms that begin at an instant are counted. */
export function countingAt(policies: readonly PolicyRow[], at: Date): Counting {
  const day = toBusinessDate(at);
  return {
    counting: policyOn(policies, 'terms.counting', day),
    cutOff: policyOn(policies, 'terms.cut-off', day),
    dayEnds: policyOn(policies, 'terms.day-ends', day),
  };
}

/** A day itself when it is a working one, else the next that is. */
export function workingDayFrom(calendar: WorkingCalendar, day: PlainDate): PlainDate {
  return calendar.isWorkingDay(day) ? day : addWorkingDays(calendar, day, 1);
}

/**
 * PX-21, SN-06: day one of a term. What arrives on a working day until the cut-off (16:00:00 included) begins that day; what arrives
 * later, or on a day off, begins on the next working day. By the civil-law counting the day of arrival is day zero, so that day one
 * comes one working day later.
 */
export function firstDayOfTerm(rules: Counting, calendar: WorkingCalendar, arrivedAt: Date): PlainDate {
  const day = toBusinessDate(arrivedAt);
  const inTime = calendar.isWorkingDay(day) && arrivedAt <= toInstant(day, plainTime(rules.cutOff));
  const arrival = inTime ? day : addWorkingDays(calendar, day, 1);
  return rules.counting === 'arrival-day' ? arrival : addWorkingDays(calendar, arrival, 1);
}

/** PX-20, PX-21, SN-06: the instant by which `workingDays` (at least 1) working days are over, counted from an arrival. */
export function dueAt(
  rules: Counting,
  calendar: WorkingCalendar,
  arrivedAt: Date,
  workingDays: number,
): Date {
  const first = firstDayOfTerm(rules, calendar, arrivedAt);
  return toInstant(addWorkingDays(calendar, first, workingDays - 1), plainTime(rules.dayEnds));
}

/**
 * PX-17: a part that was given to another expert is due so many working days after the day it was sent, whatever the hour: the day
 * of sending is day zero by the words of the order, so neither the cut-off nor the way of counting touches it.
 */
export function dueAfterSending(
  rules: Counting,
  calendar: WorkingCalendar,
  sentAt: Date,
  workingDays: number,
): Date {
  return toInstant(addWorkingDays(calendar, toBusinessDate(sentAt), workingDays), plainTime(rules.dayEnds));
}

/** PX-21: whether something was done in time; the last instant still counts. */
export function isInTime(due: Date, doneAt: Date): boolean {
  return doneAt <= due;
}

/** PX-25: whether a term has passed without the thing being done. */
export function isOverdue(due: Date, now: Date): boolean {
  return now > due;
}

/** What a term is for: a case or a part of it by its track, a part that was moved, or the whole case when it takes longer (PX-22). */
export type TermKind = keyof PolicyValues['terms.days'];

/** PX-17, PX-20, PX-22, SN-06: the end of a term that begins at an instant, by the numbers that count on its day. */
export function termOf(
  policies: readonly PolicyRow[],
  calendar: WorkingCalendar,
  kind: TermKind,
  beginsAt: Date,
): Date {
  const days = policyOn(policies, 'terms.days', toBusinessDate(beginsAt))[kind];
  const rules = countingAt(policies, beginsAt);
  return kind === 'redistributed'
    ? dueAfterSending(rules, calendar, beginsAt, days)
    : dueAt(rules, calendar, beginsAt, days);
}

/** PX-16: when the service term of a case begins, by its track: with its arrival, or with the arrival of its number at the experts. */
export function caseTermBegins(
  policies: readonly PolicyRow[],
  track: 'ordinary' | 'special',
  times: { arrivedAt: Date; dealtAt: Date | null },
): Date | null {
  const runsFrom = policyOn(policies, 'terms.run-from', toBusinessDate(times.arrivedAt))[track];
  return runsFrom === 'arrival' ? times.arrivedAt : times.dealtAt;
}

/** PX-25: when an expert is warned of a term: whole working days before its end, at the same time of day, and minutes before. */
export function warningTimes(
  warnings: PolicyValues['terms.warnings'],
  calendar: WorkingCalendar,
  due: Date,
): { days: Date; minutes: Date } {
  const day = toBusinessDate(due);
  let before = day;
  for (let left = warnings.workingDays; left > 0;) {
    before = addDays(before, -1);
    if (calendar.isWorkingDay(before)) left -= 1;
  }
  const days = new Date(
    due.getTime() - (toInstant(day, MIDNIGHT).getTime() - toInstant(before, MIDNIGHT).getTime()),
  );
  return { days, minutes: new Date(due.getTime() - warnings.minutes * 60_000) };
}

const MIDNIGHT = plainTime('00:00');
/** Longest run of days off that is looked through for the last term a warning of which has come. */
const LONGEST_GAP_DAYS = 30;

/**
 * PX-25: the latest end of a term whose warning by working days has come at an instant. Terms end at the end of a working day, so it
 * is enough to look at those days: what is due by then is warned, what is due later is not.
 */
export function warnedUntil(
  warnings: PolicyValues['terms.warnings'],
  calendar: WorkingCalendar,
  dayEnds: string,
  now: Date,
): Date {
  let last = now;
  const today = toBusinessDate(now);
  for (let ahead = 0; ahead <= LONGEST_GAP_DAYS * Math.max(1, warnings.workingDays); ahead += 1) {
    const day = addDays(today, ahead);
    if (!calendar.isWorkingDay(day)) continue;
    const due = toInstant(day, plainTime(dayEnds));
    if (warningTimes(warnings, calendar, due).days > now) break;
    last = due;
  }
  return last;
}
