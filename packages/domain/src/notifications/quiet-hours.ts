import { addDays, plainTime, toBusinessTime, toInstant } from '../shared/index.ts';
import type { MessageTemplate } from './templates.ts';

/** From this time of day on, and until the other one, people are left in peace; in the time zone of Kazakhstan. */
export const QUIET_FROM = plainTime('21:00');
export const QUIET_UNTIL = plainTime('08:00');

/**
 * What is never delayed: the code somebody waits for, the four messages of the order (EQ-05, EQ-10 to EQ-12, EQ-14: each follows
 * its event at once), what concerns the same day, and the warning that a number was changed, perhaps by a stranger. Reminders of EQ-11 have a rule of their own, ten in the morning.
 */
const AT_ONCE: ReadonlySet<string> = new Set<MessageTemplate>([
  'code',
  'sms-1',
  'sms-2',
  'sms-3',
  'sms-4',
  'restored',
  'called',
  'phone-changed',
]);

/**
 * When a message may go out that should go at `wanted`: our own extra messages wait from 21:00 to 08:00.
 * Never delayed is what the order wants at once, and a message about something that begins at `concerns` when the quiet hours would
 * tell of it on its own day only.
 */
export function sendingTime(template: MessageTemplate, wanted: Date, concerns: Date | null = null): Date {
  if (AT_ONCE.has(template)) return wanted;
  const { date, time } = toBusinessTime(wanted);
  if (time >= QUIET_UNTIL && time < QUIET_FROM) return wanted;
  const morning = toInstant(time >= QUIET_FROM ? addDays(date, 1) : date, QUIET_UNTIL);
  if (concerns && toBusinessTime(concerns).date <= toBusinessTime(morning).date) return wanted;
  return morning;
}
