import { INDICATOR_UNITS, type Indicator } from '@mse/domain/reporting';
import type { Language } from '@mse/domain/shared';
import { translator } from '@mse/i18n';
import { formatNumber, formatShare } from '@mse/i18n/format';

/** Value of an indicator as a page shows it; the unit of days and rates stands in its name. */
export function indicatorText(indicator: Indicator, value: number | null, language: Language): string {
  if (value === null) return translator(language)('reporting:none');
  return INDICATOR_UNITS[indicator] === 'share'
    ? formatShare(value, language)
    : formatNumber(value, language);
}
