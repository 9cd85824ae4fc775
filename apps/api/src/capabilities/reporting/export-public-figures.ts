import type { SheetOutput } from '@mse/contracts/reporting';
import { OUTCOMES, type PublishedRow } from '@mse/domain/reporting';
import { toBusinessDate } from '@mse/domain/shared';
import { translator } from '@mse/i18n';
import { formatDate } from '@mse/i18n/format';
import type { z } from 'zod';
import { writeSheet } from '../../platform/sheet.ts';
import type { CallContext } from '../../trpc.ts';
import { weeksOnShow } from './public-figures.ts';

/** C36: all published weeks as CSV, just what the page shows and no more. */
export async function exportPublicFigures(call: CallContext): Promise<z.input<typeof SheetOutput>> {
  const today = toBusinessDate(call.at);
  const { weeks } = await weeksOnShow(call.deps.db, today);
  const t = translator(call.language);
  const hidden = t('reporting:public.hidden');
  const cells = ({ outcomes, total, noShowShare, waitingDays }: PublishedRow) => [
    total ?? hidden,
    ...OUTCOMES.map((outcome) => outcomes[outcome] ?? hidden),
    noShowShare === null ? null : Math.round(noShowShare * 100),
    waitingDays,
  ];
  const file = await writeSheet('csv', {
    title: t('reporting:public.title'),
    headings: [
      t('reporting:public.week'),
      t('reporting:where'),
      t('reporting:indicator.bookings'),
      ...OUTCOMES.map((outcome) => t(`reporting:outcome.${outcome}`)),
      `${t('reporting:indicator.no-show-share')}, %`,
      t('reporting:indicator.waiting-days'),
    ],
    rows: weeks.flatMap(({ from, until, published }) => {
      const week = `${formatDate(from)}–${formatDate(until)}`;
      return [
        [week, t('reporting:country'), ...cells(published.country)],
        ...published.regions.map((region) => [
          week,
          t(`pilots:region.${region.regionCode}`),
          ...cells(region),
        ]),
      ];
    }),
  });
  return { name: `statistics-${today}.csv`, ...file };
}
