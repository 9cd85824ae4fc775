import type { EffectView } from '@mse/contracts/expert-register';
import type { Executor } from '@mse/db';
import type { PlainDate } from '@mse/domain/shared';
import { sql } from 'drizzle-orm';
import type { z } from 'zod';

/**
 * R07, RG-34, PX-17: what would happen to the open parts of an expert who leaves: how many there are in each nosological form, how many others
 * of the same kind entered for it are here, and how many parts nobody could take now because every other one lives in the region of the
 * examined person or has seen the case. Changes nothing. Daily caps and draws are the dealing's own: it may still give fewer.
 */
export async function effectOnCases(
  executor: Executor,
  expertId: string,
  today: PlainDate,
): Promise<z.input<typeof EffectView>> {
  const rows = await executor.execute<{
    group_code: string;
    parts: number;
    others: number;
    stuck: number;
  }>(sql`
    with leaving as (select * from expert where id = ${expertId}::uuid),
    part as (
      select a.case_id, c.nosology_group, c.region_code from assignment a join examination_case c on c.id = a.case_id
       where a.expert_id = ${expertId}::uuid and a.state = 'open'),
    other as (
      select e.id, e.region_code, n.group_code from expert e join leaving l on l.kind = e.kind and l.id <> e.id
        join expert_nosology n on n.expert_id = e.id and n.valid_from <= ${today}::date and (n.valid_until is null or n.valid_until >= ${today}::date)
       where e.excluded_on is null and n.group_code in (select nosology_group from part)
         and not exists (select from expert_absence b where b.expert_id = e.id and b.cancelled_at is null
           and b.from_day <= ${today}::date and (b.until_day is null or b.until_day >= ${today}::date)))
    select p.nosology_group as group_code, count(*)::int as parts,
           (select count(*)::int from other o where o.group_code = p.nosology_group) as others,
           count(*) filter (where not exists (
             select from other o where o.group_code = p.nosology_group and o.region_code <> p.region_code
                and not exists (select from assignment s where s.case_id = p.case_id and s.expert_id = o.id)))::int as stuck
      from part p group by p.nosology_group order by p.nosology_group`);
  const groups = rows.map(({ group_code: group, parts, others, stuck }) => ({ group, parts, others, stuck }));
  return { parts: groups.reduce((total, { parts }) => total + parts, 0), groups };
}

/** How many open parts an expert has. */
export async function openPartsOf(executor: Executor, expertId: string): Promise<number> {
  const [row] = await executor.execute<{ parts: number }>(
    sql`select count(*)::int as parts from assignment where expert_id = ${expertId}::uuid and state = 'open'`,
  );
  return row?.parts ?? 0;
}

/**
 * Waits for a dealing under way and keeps others back until the transaction ends. Whoever locks rows of experts and then moves their cases takes this first,
 * because `moveOpenCases` takes it, too: in another order two of them could wait for each other.
 */
export async function lockDealing(tx: Executor): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('saraptama:dealing'))`);
}
