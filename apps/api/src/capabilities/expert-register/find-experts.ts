import type { ExpertFilter } from '@mse/contracts/expert-register';
import type { Executor } from '@mse/db';
import type { ExpertKind } from '@mse/domain/policies';
import { addDays, type PlainDate, plainTime, toInstant } from '@mse/domain/shared';
import { type SQL, sql } from 'drizzle-orm';
import type { z } from 'zod';

/** One expert as the search finds them. */
export interface FoundExpert {
  id: string;
  person_id: string;
  code: string;
  surname: string;
  name: string;
  patronymic: string | null;
  kind: ExpertKind;
  region_code: string;
  groups: string[];
  open_parts: number;
  dealt_today: number;
  cap: number;
  here: boolean;
  entered_on: PlainDate;
  excluded_on: PlainDate | null;
  total: number;
}

export type Filter = z.output<typeof ExpertFilter> & { surname?: string | null };

/** Signs that a pattern of SQL takes for others. */
const plain = (text: string) => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);

/**
 * R05: the search of the register, in one statement: by code, beginning of the surname, kind, region, nosological form, presence and load. It reads
 * the same rows as the dealing: nosologies, absences, parts. What costs a count is counted for the page alone, unless the load is searched by.
 */
export async function findExperts(
  executor: Executor,
  filter: Filter,
  policy: { today: PlainDate; dailyCap: number },
  page: { limit: number; offset: number },
): Promise<FoundExpert[]> {
  const { today, dailyCap } = policy;
  const dayBegins = toInstant(today, plainTime('00:00')).toISOString();
  const dayEnds = toInstant(addDays(today, 1), plainTime('00:00')).toISOString();
  const away = sql`exists (select from expert_absence a where a.expert_id = e.id and a.cancelled_at is null
    and a.from_day <= ${today}::date and (a.until_day is null or a.until_day >= ${today}::date))`;
  const conditions: SQL[] = [];
  if (filter.state === 'entered') conditions.push(sql`e.excluded_on is null`);
  if (filter.state === 'excluded') conditions.push(sql`e.excluded_on is not null`);
  if (filter.code) conditions.push(sql`e.code ilike ${`%${plain(filter.code)}%`}`);
  if (filter.surname) conditions.push(sql`p.surname ilike ${`${plain(filter.surname)}%`}`);
  if (filter.kind) conditions.push(sql`e.kind = ${filter.kind}`);
  if (filter.region) conditions.push(sql`e.region_code = ${filter.region}`);
  if (filter.group)
    conditions.push(sql`exists (select from expert_nosology n where n.expert_id = e.id and n.group_code = ${filter.group}
      and n.valid_from <= ${today}::date and (n.valid_until is null or n.valid_until >= ${today}::date))`);
  if (filter.presence === 'here') conditions.push(sql`not ${away}`);
  if (filter.presence === 'away') conditions.push(away);
  const where = conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
  const load = sql`
    left join lateral (select count(*)::int as open_parts from assignment a where a.expert_id = e.id and a.state = 'open') parts on true
    left join lateral (select count(*)::int as dealt_today from assignment a
      where a.expert_id = e.id and a.arrived_at >= ${dayBegins}::timestamptz and a.arrived_at < ${dayEnds}::timestamptz) dealt on true`;
  const byLoad = {
    none: sql`open_parts = 0`,
    some: sql`open_parts > 0 and dealt_today < coalesce(daily_cap, ${dailyCap})`,
    full: sql`dealt_today >= coalesce(daily_cap, ${dailyCap})`,
  };
  const columns = sql`e.id, e.person_id, e.code, e.kind, e.region_code, e.daily_cap, e.entered_on, e.excluded_on, p.surname, p.name, p.patronymic`;
  const found = filter.load
    ? sql`select *, count(*) over ()::int as total from (
        select ${columns}, parts.open_parts, dealt.dealt_today from expert e join person p on p.id = e.person_id ${load} where ${where}) loaded
        where ${byLoad[filter.load]} order by code limit ${page.limit} offset ${page.offset}`
    : sql`select e.*, parts.open_parts, dealt.dealt_today from (
        select ${columns}, count(*) over ()::int as total from expert e join person p on p.id = e.person_id
         where ${where} order by e.code limit ${page.limit} offset ${page.offset}) e ${load}`;
  const rows = await executor.execute<Record<string, unknown> & FoundExpert>(sql`
    select e.id, e.person_id, e.code, e.surname, e.name, e.patronymic, e.kind, e.region_code, e.entered_on, e.excluded_on,
           e.open_parts, e.dealt_today, e.total, coalesce(e.daily_cap, ${dailyCap})::int as cap, not ${away} as here,
           coalesce((select array_agg(n.group_code order by n.group_code) from expert_nosology n
             where n.expert_id = e.id and n.valid_from <= ${today}::date and (n.valid_until is null or n.valid_until >= ${today}::date)), '{}') as groups
      from (${found}) e order by e.code`);
  return [...rows];
}
