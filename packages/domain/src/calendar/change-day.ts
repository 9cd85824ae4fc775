import { type PlainDate, weekday } from '../shared/index.ts';
import type { CalendarDay } from './working-calendar.ts';

export const DAY_KINDS = ['holiday', 'day-off', 'working'] as const satisfies readonly CalendarDay['kind'][];

/** What a change of the calendar does to reception: the day closes, opens, or stays what it was. */
export type DayEffect = 'closes' | 'opens' | 'none';

/** Why a day of the calendar cannot be entered as wanted. */
export const CALENDAR_REFUSALS = [
  'day-passed',
  'already-works',
  'already-off',
  'not-in-calendar',
  'bookings-in-the-way',
] as const;
export type CalendarRefusal = (typeof CALENDAR_REFUSALS)[number];

const works = (date: PlainDate, kind: CalendarDay['kind'] | null) =>
  kind ? kind === 'working' : weekday(date) <= 5;

/** What becomes of a day when its entry changes; null is no entry: an ordinary day of its week. */
export function dayEffect(
  date: PlainDate,
  before: CalendarDay['kind'] | null,
  after: CalendarDay['kind'] | null,
): DayEffect {
  const [workedBefore, worksAfter] = [works(date, before), works(date, after)];
  if (workedBefore === worksAfter) return 'none';
  return worksAfter ? 'opens' : 'closes';
}

/**
 * EQ-02, EQ-09: whether the entry of a day may change from `before` to `after` (null: taken out). Today and the past stay as
 * they were; an entry that says what the week says anyway is a slip of the pen. Null when nothing speaks against it.
 */
export function refuseDayChange(
  date: PlainDate,
  before: CalendarDay['kind'] | null,
  after: CalendarDay['kind'] | null,
  today: PlainDate,
): Exclude<CalendarRefusal, 'bookings-in-the-way'> | null {
  if (date <= today) return 'day-passed';
  if (after === null) return before === null ? 'not-in-calendar' : null;
  if (after === 'working' && weekday(date) <= 5) return 'already-works';
  if (after === 'day-off' && weekday(date) > 5) return 'already-off';
  return null;
}
