import { toBusinessDate } from '@mse/domain/shared';
import { sql } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { moveOpenCases } from '../examination/index.ts';

/**
 * PX-17: moves what is still open with experts whose absence has begun: reported ahead, it moves nothing until its first day. Answers how many
 * experts were relieved. Several workers may do it at once: the dealing takes them one after the other.
 */
export async function beginAbsences(deps: Deps, at: Date): Promise<number> {
  const today = toBusinessDate(at);
  const due = await deps.db.execute<{ id: string }>(sql`
    select distinct e.id from expert e
      join expert_absence a on a.expert_id = e.id and a.cancelled_at is null and a.from_day <= ${today}::date
       and (a.until_day is null or a.until_day >= ${today}::date)
     where e.excluded_on is null and exists (select from assignment s where s.expert_id = e.id and s.state = 'open')
     limit 200`);
  for (const { id } of due)
    await deps.db.transaction((tx) =>
      moveOpenCases(deps, tx, { expertId: id, cause: 'absence', actor: 'system:presence' }, at),
    );
  return due.length;
}
