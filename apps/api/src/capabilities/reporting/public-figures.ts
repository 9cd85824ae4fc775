import type { PublicFiguresInput, PublicFiguresOutput } from '@mse/contracts/reporting';
import type { Database } from '@mse/db';
import { publishedWeeks } from '@mse/db/schema';
import { addWaits, lastWholeWeeks, medianWait, type PublishedWeek, publishWeek } from '@mse/domain/reporting';
import { addDays, type PlainDate, toBusinessDate } from '@mse/domain/shared';
import { asc, gte } from 'drizzle-orm';
import type { z } from 'zod';
import { preparedOnce } from '../../platform/prepared.ts';
import { type CallContext, notFound } from '../../trpc.ts';
import { PUBLISHED_WEEKS } from './publish-weeks.ts';
import { waitCounts } from './sum-figures.ts';

export interface WeekOnShow {
  from: PlainDate;
  until: PlainDate;
  published: PublishedWeek;
}

/** Weeks once made for show are kept in memory: what was published of a week never changes. */
const made = preparedOnce((_: Database) => new Map<string, WeekOnShow>());

/** C36, T33: the published weeks, oldest first, with everything hidden that must be. */
export async function weeksOnShow(
  db: Database,
  today: PlainDate,
): Promise<{ weeks: WeekOnShow[]; updatedAt: Date | null }> {
  const oldest = lastWholeWeeks(today, PUBLISHED_WEEKS)[0]?.from ?? today;
  const rows = await db
    .select()
    .from(publishedWeeks)
    .where(gte(publishedWeeks.week, oldest))
    .orderBy(asc(publishedWeeks.week), asc(publishedWeeks.regionCode));
  const kept = made(db);
  const weeks = [...Map.groupBy(rows, ({ week }) => week)].map(([from, own]): WeekOnShow => {
    const known = kept.get(from);
    if (known) return known;
    const waits = own.map((row) => waitCounts(row.waits));
    const regions = own.map(({ regionCode, kept: came, missed, cancelled }, index) => ({
      regionCode,
      counts: { kept: came, missed, cancelled },
      waitingDays: medianWait(waits[index] ?? new Map()),
    }));
    const week = {
      from,
      until: addDays(from, 6),
      published: publishWeek(regions, medianWait(addWaits(waits))),
    };
    kept.set(from, week);
    return week;
  });
  const newest = Math.max(0, ...rows.map(({ publishedAt }) => publishedAt.getTime()));
  return { weeks, updatedAt: newest > 0 ? new Date(newest) : null };
}

/** C36: open figures: each of the last weeks for the country, and one week by region. No other breakdown can be asked for. */
export async function publicFigures(
  call: CallContext,
  input: z.output<typeof PublicFiguresInput>,
): Promise<z.input<typeof PublicFiguresOutput>> {
  const { weeks, updatedAt } = await weeksOnShow(call.deps.db, toBusinessDate(call.at));
  const chosen = input.week ? weeks.find(({ from }) => from === input.week) : weeks.at(-1);
  if (input.week && !chosen) throw notFound();
  return {
    updatedAt: updatedAt?.toISOString() ?? null,
    weeks: weeks.map(({ from, until, published }) => ({ from, until, country: published.country })),
    chosen: chosen ? { from: chosen.from, until: chosen.until, ...chosen.published } : null,
  };
}
