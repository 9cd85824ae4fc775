import type { MonitoringInput, MonitoringOutput } from '@mse/contracts/expert-monitoring';
import { nosologyGroups } from '@mse/db/schema';
import { allWork, differsFar, workShares } from '@mse/domain/experts';
import type { ExpertKind } from '@mse/domain/policies';
import { addMinutes, addMonths, plainTime, toBusinessDate, toInstant } from '@mse/domain/shared';
import { sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { previousMonth } from '../expert-pay/list-month.ts';

const MIDNIGHT = plainTime('00:00');
const DAY_MINUTES = 24 * 60;

/**
 * R01: what waits and is due now, which nosological forms are short of experts, and load, punctuality and differing conclusions of every
 * expert of a month against the average. Names nobody examined; shares of few cases are hidden.
 */
export async function expertsOfMonth(
  call: CallContext,
  input: z.output<typeof MonitoringInput>,
): Promise<z.input<typeof MonitoringOutput>> {
  const { db } = call.deps;
  const today = toBusinessDate(call.at);
  const month = input.month ?? previousMonth(today);
  const from = toInstant(month, MIDNIGHT).toISOString();
  const until = toInstant(addMonths(month, 1), MIDNIGHT).toISOString();
  const at = call.at.toISOString();
  const soon = addMinutes(call.at, DAY_MINUTES).toISOString();
  const [[now], forms, groups, rows] = await Promise.all([
    db.execute<{
      waiting: number;
      since: string | null;
      open: number;
      soon: number;
      overdue: number;
    }>(sql`
      select w.waiting, w.since, a.open, a.soon, a.overdue
        from (select count(*)::int as waiting, min(waiting_since) as since from examination_case where state = 'waiting') w,
             (select count(*)::int as open, count(*) filter (where due_at >= ${at}::timestamptz and due_at <= ${soon}::timestamptz)::int as soon,
                     count(*) filter (where due_at < ${at}::timestamptz)::int as overdue from assignment where state = 'open') a`),
    db.execute<{ code: string; waiting: number; open: number; present: number }>(sql`
      select g.code,
             (select count(*)::int from examination_case k where k.nosology_group = g.code and k.state = 'waiting') as waiting,
             (select count(*)::int from examination_case k where k.nosology_group = g.code and k.state = 'deciding') as open,
             (select count(distinct n.expert_id)::int from expert_nosology n join expert e on e.id = n.expert_id
               where n.group_code = g.code and n.valid_from <= ${today}::date and (n.valid_until is null or n.valid_until >= ${today}::date)
                 and e.excluded_on is null
                 and not exists (select from expert_absence b where b.expert_id = e.id and b.cancelled_at is null
                                  and b.from_day <= ${today}::date and (b.until_day is null or b.until_day >= ${today}::date))) as present
        from nosology_group g order by 2 desc, 1`),
    db.select().from(nosologyGroups),
    db.execute<{
      id: string;
      code: string;
      kind: ExpertKind;
      open: number;
      services: number;
      in_time: number;
      counted: number;
      met: number;
    }>(sql`
      with done as (
        select d.expert_id, count(*)::int as services, count(*) filter (where d.in_time)::int as in_time,
               count(c.id)::int as counted,
               count(c.id) filter (where case d.content ->> 'kind' when 'nonconformity' then m.outcome = 'nonconformity'
                                         else d.content #>> '{conclusion,disability,outcome}' = c.content #>> '{disability,outcome}' end)::int as met
          from decision d left join conclusion c on c.case_id = d.case_id left join comparison m on m.case_id = d.case_id
         where d.signed_at >= ${from}::timestamptz and d.signed_at < ${until}::timestamptz
         group by d.expert_id),
      held as (select expert_id, count(*)::int as open from assignment where state = 'open' group by expert_id)
      select e.id, e.code, e.kind, coalesce(h.open, 0) as open, coalesce(d.services, 0) as services, coalesce(d.in_time, 0) as in_time,
             coalesce(d.counted, 0) as counted, coalesce(d.met, 0) as met
        from expert e left join done d on d.expert_id = e.id left join held h on h.expert_id = e.id
       where e.excluded_on is null or d.services > 0 or h.open > 0
       order by coalesce(h.open, 0) desc, e.code`),
  ]);
  const names = new Map(groups.map((group) => [group.code, group.name]));
  const works = rows.map((row) => ({
    row,
    work: { services: row.services, inTime: row.in_time, counted: row.counted, met: row.met },
  }));
  const average = workShares(allWork(works.map(({ work }) => work)));
  return {
    month,
    now: {
      waiting: now?.waiting ?? 0,
      waitingSince: now?.since ? new Date(now.since).toISOString() : null,
      openParts: now?.open ?? 0,
      dueInADay: now?.soon ?? 0,
      overdue: now?.overdue ?? 0,
    },
    forms: forms.map((form) => ({
      ...form,
      name: names.get(form.code) ?? { kk: form.code, ru: form.code, en: form.code },
    })),
    average,
    experts: works.map(({ row, work }) => {
      const shares = workShares(work);
      return {
        expertId: row.id,
        code: row.code,
        kind: row.kind,
        open: row.open,
        services: row.services,
        shares,
        far: differsFar(shares, average),
      };
    }),
  };
}
