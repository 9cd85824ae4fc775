import { addDays, type PlainDate, type PlainTime, toInstant } from '../shared/index.ts';

/** EQ-11: calendar days before the visit at which SMS-2 goes out again. */
export const REMINDER_DAYS_BEFORE = 3;
/** EQ-11: the law names no hour; the default is 10:00 in Kazakhstan. */
export const REMINDER_TIME = '10:00' as PlainTime;

/** EQ-11: when SMS-2 is repeated, or null when the booking is made too late for it (EQ-10's message alone then serves). */
export function reminderAt(day: PlainDate, bookedAt: Date): Date | null {
  const at = toInstant(addDays(day, -REMINDER_DAYS_BEFORE), REMINDER_TIME);
  return at > bookedAt ? at : null;
}
