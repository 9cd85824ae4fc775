import { toBusinessDate } from '@mse/domain/shared';
import { sql } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { type MovedParts, moveParts } from './move-open-cases.ts';

/** Experts whose parts are dealt anew in one go: those of a day, or of an outage. */
const CHUNK = 50;

/**
 * PX-17, RG-34: moves the open parts of every expert who is away today or no longer in the register: absences entered ahead begin by
 * themselves, and whatever was dealt in the moment of an exclusion does not stay behind. Nothing is found a second time, because then the
 * expert has no open part.
 */
export async function keepPresence(deps: Deps, at: Date): Promise<MovedParts> {
  const today = toBusinessDate(at);
  const gone = await deps.db.execute<{ id: string; cause: 'absence' | 'exclusion' }>(sql`
    select e.id, case when e.excluded_on <= ${today}::date then 'exclusion' else 'absence' end as cause
      from expert e
     where (e.excluded_on <= ${today}::date
            or exists (select from expert_absence b where b.expert_id = e.id and b.cancelled_at is null and b.from_day <= ${today}::date
                          and (b.until_day is null or b.until_day >= ${today}::date)))
       and exists (select from assignment a where a.expert_id = e.id and a.state = 'open')
     order by e.id`);
  const total = { moved: 0, left: 0 };
  for (let from = 0; from < gone.length; from += CHUNK) {
    const requests = gone
      .slice(from, from + CHUNK)
      .map(({ id, cause }) => ({ expertId: id, cause, actor: 'system:presence' }));
    const { moved, left } = await deps.db.transaction((tx) => moveParts(deps, tx, requests, at));
    total.moved += moved;
    total.left += left;
  }
  return total;
}
