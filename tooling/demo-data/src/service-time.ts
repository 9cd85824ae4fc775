import { workingCalendar } from '@mse/domain/calendar';
import { addDays, type PlainDate, plainDate, plainTime, toBusinessTime, toInstant } from '@mse/domain/shared';
import { kazakhstanCalendar } from './population/index.ts';

const openFrom = '08:30';
const openUntil = '14:00';
const morning = plainTime('08:40');

/** The calendar of the demonstration as the rules read it. */
export function demoCalendar() {
  return workingCalendar(kazakhstanCalendar().map(({ date, kind }) => ({ date: plainDate(date), kind })));
}

/**
 * The instant at which the demonstration begins: `now` when the desks are open (a working day, 08:30 to 14:00 in
 * Kazakhstan), else 08:40 of the next morning on which they open. Never earlier than `now`.
 */
export function chooseServiceTime(now: Date): Date {
  const calendar = demoCalendar();
  const { date, time } = toBusinessTime(now);
  if (calendar.isWorkingDay(date) && time >= openFrom && time < openUntil) return now;
  let day: PlainDate = time < openFrom ? date : addDays(date, 1);
  while (!calendar.isWorkingDay(day)) day = addDays(day, 1);
  return toInstant(day, morning);
}
