import { addDays, type Language, toBusinessDate } from '@mse/domain/shared';
import { translator } from '@mse/i18n';
import { formatDateTime, formatTime } from '@mse/i18n/format';

/** X01, PX-20, PX-21: a deadline in words, to the minute: today and tomorrow by name, what has passed as passed. */
export function dueWords(language: Language, dueAt: string, now: string): string {
  const t = translator(language);
  const [due, at] = [new Date(dueAt), new Date(now)];
  if (due < at) return t('expert-desk:due.overdue', { when: formatDateTime(due) });
  const [day, today] = [toBusinessDate(due), toBusinessDate(at)];
  if (day === today) return t('expert-desk:due.today', { time: formatTime(due) });
  if (day === addDays(today, 1)) return t('expert-desk:due.tomorrow', { time: formatTime(due) });
  return t('expert-desk:due.later', { when: formatDateTime(due) });
}
