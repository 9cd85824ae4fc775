import { addWorkingDays, type WorkingCalendar, workingDaysBetween } from '../calendar/index.ts';
import type { PlainDate } from '../shared/index.ts';

/** EQ-17: working days after detection within which a problem goes to the Methodology Department. */
export const SENDING_WORKING_DAYS = 3;

/** EQ-17: the last day on which a problem is sent in time. The day of detection is day zero, whether people worked on it or not. */
export function problemDueOn(calendar: WorkingCalendar, detectedOn: PlainDate): PlainDate {
  return addWorkingDays(calendar, detectedOn, SENDING_WORKING_DAYS);
}

/** Where a problem stands on a day; `days` are working days. */
export type ProblemClock =
  /** It has to be sent within so many more working days; zero is today. */
  | { kind: 'days-left'; days: number }
  /** The last day was so many working days ago; zero when only days off have passed since. */
  | { kind: 'overdue'; days: number }
  | { kind: 'sent-in-time' }
  /** It was sent so many working days after the last day; zero when only days off lay between. */
  | { kind: 'sent-late'; days: number };

/** EQ-17: what a problem's clock shows on `today`. `sentOn` is null until it was sent. */
export function problemClock(
  calendar: WorkingCalendar,
  problem: { dueOn: PlainDate; sentOn: PlainDate | null },
  today: PlainDate,
): ProblemClock {
  const { dueOn, sentOn } = problem;
  if (sentOn !== null) {
    return sentOn <= dueOn
      ? { kind: 'sent-in-time' }
      : { kind: 'sent-late', days: workingDaysBetween(calendar, dueOn, sentOn) };
  }
  return today <= dueOn
    ? { kind: 'days-left', days: workingDaysBetween(calendar, today, dueOn) }
    : { kind: 'overdue', days: workingDaysBetween(calendar, dueOn, today) };
}

/** The words a clock is told in. */
export const CLOCK_WORDS = [
  'days-left',
  'today',
  'overdue',
  'overdue-now',
  'sent-in-time',
  'sent-late',
  'sent-late-now',
] as const;

/** Which words tell a clock, and the number of working days in them where there is one to name. */
export function clockWords(clock: ProblemClock): { word: (typeof CLOCK_WORDS)[number]; count?: number } {
  if (clock.kind === 'sent-in-time') return { word: clock.kind };
  if (clock.days > 0) return { word: clock.kind, count: clock.days };
  return {
    word: ({ 'days-left': 'today', overdue: 'overdue-now', 'sent-late': 'sent-late-now' } as const)[
      clock.kind
    ],
  };
}
