import type { ExportReportInput, SheetOutput } from '@mse/contracts/reporting';
import { INDICATOR_UNITS, type Indicator, INDICATORS, type Indicators } from '@mse/domain/reporting';
import { hasKey, translator } from '@mse/i18n';
import { formatDate } from '@mse/i18n/format';
import type { z } from 'zod';
import { writeSheet } from '../../platform/sheet.ts';
import type { CallContext } from '../../trpc.ts';
import { makeReport, placeOf } from './get-report.ts';

type Cell = string | number | null;

/** K10, P11: a report as a file, with headings in the reader's language. */
export async function exportReport(
  call: CallContext,
  { format, ...input }: z.output<typeof ExportReportInput>,
): Promise<z.input<typeof SheetOutput>> {
  const report = await makeReport(call, input);
  const t = translator(call.language);
  const place = placeOf(report);
  const indicators = INDICATORS.filter((indicator) => indicator !== 'bookings');
  const cells = (row: (typeof report)['total']): Cell[] => [
    row.indicators.bookings,
    row.outcomes.kept,
    row.outcomes.missed,
    row.outcomes.cancelled,
    row.outcomes.ahead,
    ...indicators.map((indicator) => inUnit(indicator, row.indicators)),
  ];
  const span = ({ from, until }: { from: string; until: string }) =>
    from === until ? formatDate(from) : `${formatDate(from)}–${formatDate(until)}`;
  const regionName = (code: string) =>
    hasKey(call.language, `pilots:region.${code}`) ? t(`pilots:region.${code}`) : code;
  const rows: Cell[][] = [
    [t('reporting:total'), span(report), ...cells(report.total)],
    ...report.regions.map((row) => [regionName(row.regionCode), span(report), ...cells(row)]),
    ...report.departments.map((row) => [row.name[call.language], span(report), ...cells(row)]),
    ...report.slices.map((row) => [t('reporting:total'), span(row), ...cells(row)]),
  ];
  const file = await writeSheet(format, {
    title: t('reporting:title'),
    headings: [
      t('reporting:where'),
      t('reporting:period'),
      t('reporting:indicator.bookings'),
      ...(['kept', 'missed', 'cancelled', 'ahead'] as const).map((outcome) =>
        t(`reporting:outcome.${outcome}`),
      ),
      ...indicators.map((indicator) =>
        INDICATOR_UNITS[indicator] === 'share'
          ? `${t(`reporting:indicator.${indicator}`)}, %`
          : t(`reporting:indicator.${indicator}`),
      ),
    ],
    rows,
  });
  call.seen(null, `report-file:${report.kind}:${report.from}:${place}:${format}`);
  return { name: `report-${report.kind}-${report.from}-${place}.${format}`, ...file };
}

/** Shares as percent, everything else as it is. */
function inUnit(indicator: Indicator, values: Indicators): number | null {
  const value = values[indicator];
  return value === null || INDICATOR_UNITS[indicator] !== 'share' ? value : value * 100;
}
