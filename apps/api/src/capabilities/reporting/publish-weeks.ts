import { publishedWeeks } from '@mse/db/schema';
import { addSums, addWaits, type DaySpan, lastWholeWeeks } from '@mse/domain/reporting';
import { REGION_CODES } from '@mse/domain/queue';
import { toBusinessDate } from '@mse/domain/shared';
import { gte, sql } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { sumFigures } from './sum-figures.ts';

/** C36: weeks that the public sees at once. */
export const PUBLISHED_WEEKS = 12;

/**
 * C36: takes down what each region counted in the weeks that are over and not published yet. A week is taken down once, when
 * nothing of it is undecided any more, and never again: two versions of it could be subtracted from each other (T33). A week without
 * any booking is left out. Returns how many weeks were published.
 */
export async function publishWeeks(deps: Deps, at: Date): Promise<number> {
  const weeks = lastWholeWeeks(toBusinessDate(at), PUBLISHED_WEEKS);
  const [oldest] = weeks;
  if (!oldest) return 0;
  const known = await deps.db
    .selectDistinct({ week: publishedWeeks.week })
    .from(publishedWeeks)
    .where(gte(publishedWeeks.week, oldest.from));
  const done = new Set<string>(known.map(({ week }) => week));
  let published = 0;
  for (const week of weeks) if (!done.has(week.from) && (await publishWeek(deps, week, at))) published += 1;
  return published;
}

async function publishWeek(deps: Deps, week: DaySpan, at: Date): Promise<boolean> {
  const regions = regionsWithQueue(deps, week);
  const counted = await sumFigures(deps.db, [week], null);
  const rows = regions.map((regionCode) => {
    const own = deps.reference
      .departments()
      .filter((department) => department.regionCode === regionCode)
      .flatMap(({ id }) => counted.get(id) ?? []);
    return {
      regionCode,
      sums: addSums(own.flatMap(({ slices }) => slices)),
      waits: addWaits(own.map(({ waits }) => waits)),
    };
  });
  const total = addSums(rows.map(({ sums }) => sums));
  const undecided = total.bookings - total.kept - total.missed - total.cancelled;
  if (total.bookings === 0 || undecided > 0) return false;
  return deps.db.transaction(async (tx) => {
    // Two workers never mix their regions of one week.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('saraptama:published-weeks'))`);
    const written = await tx
      .insert(publishedWeeks)
      .values(
        rows.map(({ regionCode, sums: { kept, missed, cancelled }, waits }) => ({
          week: week.from,
          regionCode,
          kept,
          missed,
          cancelled,
          waits: Object.fromEntries(waits),
          publishedAt: at,
        })),
      )
      .onConflictDoNothing()
      .returning({ regionCode: publishedWeeks.regionCode });
    return written.length > 0;
  });
}

/** GV-04: regions in which people could book on a day of the week. */
function regionsWithQueue(deps: Deps, week: DaySpan): string[] {
  const open = deps.reference
    .pilots()
    .filter((pilot) => pilot.validFrom <= week.until && week.from <= pilot.validUntil)
    .map(({ regionCode }) => regionCode);
  return REGION_CODES.filter((code) => open.includes(code));
}
