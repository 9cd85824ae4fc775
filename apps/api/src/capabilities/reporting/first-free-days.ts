import { bookingLastsUntil } from '@mse/domain/queue';
import { type PlainDate, toBusinessTime } from '@mse/domain/shared';
import type { Deps } from '../../deps.ts';
import type { Department } from '../reference/reference-data.ts';

/**
 * The first day with a place that anybody could book now, for each department; null when there is none as long as booking lasts in
 * its region (GV-04). One statement, one step along the index of free places per department.
 */
export async function firstFreeDays(
  deps: Deps,
  departments: readonly Department[],
  at: Date,
): Promise<Map<string, PlainDate | null>> {
  const now = toBusinessTime(at);
  const pilots = deps.reference.pilots();
  const open = departments.flatMap(({ id, regionCode }) => {
    const until = bookingLastsUntil(pilots, regionCode, now.date);
    return until === null ? [] : [{ id, until }];
  });
  const found = new Map<string, PlainDate | null>(departments.map(({ id }) => [id, null]));
  if (open.length === 0) return found;
  const rows = await deps.db.$client<{ id: string; day: PlainDate | null }[]>`
    select asked.id, (
      select p.day from place p
       where p.department_id = asked.id and p.booking_id is null and p.closed_by_trip is null
         and (p.held_for_form is null or p.held_until <= ${at.toISOString()}::timestamptz)
         and (p.day, p.starts_at) > (${now.date}::date, ${now.time}::time) and p.day <= asked.until
       order by p.day, p.starts_at limit 1) as day
      from unnest(string_to_array(${open.map(({ id }) => id).join(',')}, ',')::uuid[],
                  string_to_array(${open.map(({ until }) => until).join(',')}, ',')::date[]) as asked (id, until)`;
  for (const { id, day } of rows) found.set(id, day);
  return found;
}
