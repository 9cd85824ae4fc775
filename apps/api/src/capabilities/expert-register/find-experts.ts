import type { ExpertFilter } from '@mse/contracts/expert-register';
import type { Database } from '@mse/db';
import type { ExpertKind } from '@mse/domain/policies';
import { addDays, type PlainDate, plainTime, toInstant } from '@mse/domain/shared';
import type { PendingQuery, Row } from 'postgres';
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
 * the same rows as the dealing: nosologies, absences, parts. Names and counts are fetched for the page alone, unless they are searched by.
 */
export async function findExperts(
  db: Database,
  filter: Filter,
  policy: { today: PlainDate; dailyCap: number },
  page: { limit: number; offset: number },
): Promise<FoundExpert[]> {
  const sql = db.$client;
  const { today, dailyCap } = policy;
  const dayBegins = toInstant(today, plainTime('00:00')).toISOString();
  const dayEnds = toInstant(addDays(today, 1), plainTime('00:00')).toISOString();
  const away = sql`exists (select from expert_absence a where a.expert_id = e.id and a.cancelled_at is null
    and a.from_day <= ${today}::date and (a.until_day is null or a.until_day >= ${today}::date))`;
  const when = (wanted: unknown, condition: () => PendingQuery<Row[]>) => (wanted ? condition() : sql``);
  const where = sql`
    where true
    ${when(filter.state === 'entered', () => sql`and e.excluded_on is null`)}
    ${when(filter.state === 'excluded', () => sql`and e.excluded_on is not null`)}
    ${when(filter.code, () => sql`and e.code ilike ${`%${plain(filter.code ?? '')}%`}`)}
    ${when(filter.surname, () => sql`and e.person_id in (select id from person where surname ilike ${`${plain(filter.surname ?? '')}%`})`)}
    ${when(filter.kind, () => sql`and e.kind = ${filter.kind}`)}
    ${when(filter.region, () => sql`and e.region_code = ${filter.region}`)}
    ${when(
      filter.group,
      () => sql`and exists (select from expert_nosology n where n.expert_id = e.id and n.group_code = ${filter.group}
        and n.valid_from <= ${today}::date and (n.valid_until is null or n.valid_until >= ${today}::date))`,
    )}
    ${when(filter.presence === 'here', () => sql`and not ${away}`)}
    ${when(filter.presence === 'away', () => sql`and ${away}`)}`;
  const load = sql`
    left join lateral (select count(*)::int as open_parts from assignment a where a.expert_id = e.id and a.state = 'open') parts on true
    left join lateral (select count(*)::int as dealt_today from assignment a
      where a.expert_id = e.id and a.arrived_at >= ${dayBegins}::timestamptz and a.arrived_at < ${dayEnds}::timestamptz) dealt on true`;
  const byLoad = {
    none: sql`open_parts = 0`,
    some: sql`open_parts > 0 and dealt_today < coalesce(daily_cap, ${dailyCap}::int)`,
    full: sql`dealt_today >= coalesce(daily_cap, ${dailyCap}::int)`,
  };
  const cut = sql`order by e.code limit ${page.limit}::int offset ${page.offset}::int`;
  const found = filter.load
    ? sql`select *, count(*) over ()::int as total from (
        select e.*, parts.open_parts, dealt.dealt_today from expert e ${load} ${where}) e
        where ${byLoad[filter.load]} ${cut}`
    : sql`select e.*, page.total, parts.open_parts, dealt.dealt_today from (
        select e.id, count(*) over ()::int as total from expert e ${where} ${cut}) page join expert e on e.id = page.id ${load}`;
  return sql<FoundExpert[]>`
    select e.id, e.person_id, e.code, p.surname, p.name, p.patronymic, e.kind, e.region_code, e.entered_on, e.excluded_on,
           e.open_parts, e.dealt_today, e.total, coalesce(e.daily_cap, ${dailyCap}::int) as cap, not ${away} as here,
           coalesce((select array_agg(n.group_code order by n.group_code) from expert_nosology n
             where n.expert_id = e.id and n.valid_from <= ${today}::date and (n.valid_until is null or n.valid_until >= ${today}::date)), '{}') as groups
      from (${found}) e join person p on p.id = e.person_id order by e.code`;
}
