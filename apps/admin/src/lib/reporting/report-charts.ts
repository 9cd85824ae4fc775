import { highestOf, type Indicators } from '@mse/domain/reporting';
import type { Language } from '@mse/domain/shared';
import { translator } from '@mse/i18n';
import { formatNumber, formatShare } from '@mse/i18n/format';

/** A row of a report under the name it has in a chart. */
export interface ChartRow {
  label: string;
  indicators: Indicators;
  outcomes: { kept: number; missed: number; cancelled: number; ahead: number };
}

/** Bars that a person can still take in; of more rows the largest are drawn, the table has all. */
const MOST_BARS = 20;

const OUTCOMES = ['kept', 'missed', 'cancelled', 'ahead'] as const;

/** What the charts of a report show and what each of them says. */
export function reportCharts(rows: readonly ChartRow[], total: Indicators, language: Language) {
  const t = translator(language);
  const drawn = [...rows]
    .sort((left, right) => (right.indicators.bookings ?? 0) - (left.indicators.bookings ?? 0))
    .slice(0, MOST_BARS);
  const bars = rows.filter((row) => drawn.includes(row));
  const leader = (of: (row: ChartRow) => number | null) => (bars.length > 1 ? highestOf(bars, of) : null);
  const shareOf = (row: ChartRow) => row.indicators['no-show-share'];
  const waitOf = (row: ChartRow) => row.indicators['waiting-days'];
  const most = leader((row) => row.indicators.bookings);
  const worst = leader(shareOf);
  const longest = leader(waitOf);
  const days = (value: number) => t('reporting:days', { count: value });
  const bookings = total.bookings ?? 0;
  const noShow = total['no-show-share'];
  return {
    bookings: {
      finding:
        bookings === 0
          ? t('reporting:chart.bookings-none')
          : most
            ? t('reporting:chart.bookings', {
                total: formatNumber(bookings, language),
                where: most.label,
                value: formatNumber(most.indicators.bookings ?? 0, language),
              })
            : t('reporting:chart.bookings-one', { total: formatNumber(bookings, language) }),
      series: OUTCOMES.map((outcome) => t(`reporting:outcome.${outcome}`)),
      bars: bars.map((row) => ({
        label: row.label,
        text: formatNumber(row.indicators.bookings ?? 0, language),
        values: OUTCOMES.map((outcome) => row.outcomes[outcome]),
      })),
    },
    noShow: {
      finding:
        noShow === null
          ? t('reporting:chart.no-show-none')
          : worst
            ? t('reporting:chart.no-show', {
                total: formatShare(noShow, language),
                where: worst.label,
                value: formatShare(shareOf(worst) ?? 0, language),
              })
            : t('reporting:chart.no-show-one', { total: formatShare(noShow, language) }),
      bars: bars.map((row) => {
        const share = shareOf(row);
        return {
          label: row.label,
          text: share === null ? t('reporting:none') : formatShare(share, language),
          values: share === null ? null : [share],
        };
      }),
    },
    waiting: {
      finding: longest
        ? t('reporting:chart.waiting', { where: longest.label, value: days(waitOf(longest) ?? 0) })
        : t('reporting:chart.waiting-none'),
      bars: bars.map((row) => {
        const wait = waitOf(row);
        return {
          label: row.label,
          text: wait === null ? t('reporting:none') : days(wait),
          values: wait === null ? null : [wait],
        };
      }),
    },
  };
}
