import type { ScheduleWarningOutput } from '@mse/contracts/schedule';
import type { Language } from '@mse/domain/shared';
import { translator } from '@mse/i18n';
import { formatDate } from '@mse/i18n/format';
import type { z } from 'zod';

/** EQ-04: what a page says while next year's schedule is missing, with the way to mend it; null when nothing is missing. */
export function missingSchedule(
  language: Language,
  missing: z.output<typeof ScheduleWarningOutput>,
  wholeService: boolean,
) {
  if (missing.warning === 'none') return null;
  const t = translator(language);
  const date = formatDate(missing.dueOn);
  const { year, departments: n } = missing;
  return {
    late: missing.warning === 'overdue',
    text: wholeService
      ? t('schedule:warning.departments', { year, n, date })
      : t(`schedule:warning.${missing.warning}`, { year, date }),
    href: wholeService ? `/${language}/schedule/departments` : `/${language}/schedule?year=${year}`,
    link: wholeService ? t('schedule:warning.list') : t('schedule:warning.open'),
  };
}
