import type { RedistributionOutput } from '@mse/contracts/redistribution';
import { assignments, cases, experts, nosologyGroups, regions } from '@mse/db/schema';
import { panelsOn } from '@mse/domain/dealing';
import { toBusinessDate } from '@mse/domain/shared';
import { and, asc, desc, eq, isNotNull, isNull, ne, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { EXPERT_SHOWN } from './expert-shown.ts';

/** Rows of each list. */
const MOST = 200;

/** R07: overdue and moved parts, the waiting list and who could take its seats, and the experts whose absence can be tried. */
export async function getRedistribution(call: CallContext): Promise<z.input<typeof RedistributionOutput>> {
  const { deps, at } = call;
  const today = toBusinessDate(at);
  const part = {
    assignmentId: assignments.id,
    act: sql<string>`coalesce(${cases.draftActNo}, '')`,
    seat: assignments.seat,
    dueAt: assignments.dueAt,
    expert: EXPERT_SHOWN,
  };
  const [overdue, moved, waiting, [totals], known] = await Promise.all([
    deps.db
      .select({ ...part, overdueAt: assignments.overdueAt })
      .from(assignments)
      .innerJoin(cases, eq(cases.id, assignments.caseId))
      .innerJoin(experts, eq(experts.id, assignments.expertId))
      .innerJoin(regions, eq(regions.code, experts.regionCode))
      .where(and(sql`${assignments.state} = 'open'`, isNotNull(assignments.overdueAt)))
      .orderBy(asc(assignments.overdueAt), asc(assignments.id))
      .limit(MOST),
    deps.db
      .select({
        ...part,
        cause: assignments.cause,
        state: assignments.state,
        arrivedAt: assignments.arrivedAt,
      })
      .from(assignments)
      .innerJoin(cases, eq(cases.id, assignments.caseId))
      .innerJoin(experts, eq(experts.id, assignments.expertId))
      .innerJoin(regions, eq(regions.code, experts.regionCode))
      .where(
        and(
          ne(assignments.cause, 'dealt'),
          sql`${assignments.arrivedAt} > ${at.toISOString()}::timestamptz - interval '30 days'`,
        ),
      )
      .orderBy(desc(assignments.arrivedAt), asc(assignments.id))
      .limit(MOST),
    deps.db
      .select({ row: cases, group: nosologyGroups.name })
      .from(cases)
      .innerJoin(nosologyGroups, eq(nosologyGroups.code, cases.nosologyGroup))
      .where(sql`${cases.state} = 'waiting'`)
      .orderBy(asc(cases.arrival))
      .limit(MOST),
    deps.db.execute<{ waiting: number; late: number; without: number }>(sql`
      select (select count(*) from examination_case where state = 'waiting')::int as waiting,
             (select count(*) from examination_case where ended_at is null and overdue_at is not null)::int as late,
             (select count(*) from examination_case where state in ('invited', 'invited-again') and close_at is null)::int as without`),
    deps.db
      .select({
        ...EXPERT_SHOWN,
        open: sql<number>`(select count(*) from assignment a where a.expert_id = ${experts.id} and a.state = 'open')::int`,
      })
      .from(experts)
      .innerJoin(regions, eq(regions.code, experts.regionCode))
      .where(isNull(experts.excludedOn))
      .orderBy(asc(experts.code)),
  ]);
  const panels = panelsOn(deps.reference.policies(), today);
  const seats = await Promise.all(
    waiting.map(async ({ row }) => {
      const vacant = await deps.db.execute<{ seat: number; eligible: number }>(sql`
        select s.seat::int as seat, (
          select count(*) from expert e
           where s.kinds ? e.kind and e.region_code <> ${row.regionCode} and e.entered_on <= ${today}::date
             and (e.excluded_on is null or e.excluded_on > ${today}::date)
             and exists (select from expert_nosology n where n.expert_id = e.id and n.group_code = ${row.nosologyGroup} and n.valid_from <= ${today}::date
                            and (n.valid_until is null or n.valid_until >= ${today}::date))
             and not exists (select from expert_absence b where b.expert_id = e.id and b.cancelled_at is null and b.from_day <= ${today}::date
                                and (b.until_day is null or b.until_day >= ${today}::date))
             and not exists (select from assignment a where a.case_id = ${row.id}::uuid and a.expert_id = e.id))::int as eligible
          from jsonb_array_elements(${JSON.stringify(panels[row.track])}::jsonb) with ordinality s (kinds, seat)
         where not exists (select from assignment a where a.case_id = ${row.id}::uuid and a.seat = s.seat and a.state in ('open', 'signed'))
         order by s.seat`);
      return vacant.map(({ seat, eligible }) => ({
        seat,
        kinds: panels[row.track][seat - 1] ?? [],
        eligible,
      }));
    }),
  );
  return {
    at: at.toISOString(),
    overdue: overdue.map(({ dueAt, overdueAt, ...each }) => ({
      ...each,
      dueAt: dueAt.toISOString(),
      overdueAt: (overdueAt ?? at).toISOString(),
    })),
    moved: moved.map(({ dueAt, arrivedAt, ...each }) => ({
      ...each,
      dueAt: dueAt.toISOString(),
      arrivedAt: arrivedAt.toISOString(),
    })),
    waiting: waiting.map(({ row, group }, index) => ({
      act: row.draftActNo ?? '',
      group,
      track: row.track,
      since: (row.waitingSince ?? row.stateAt).toISOString(),
      dueAt: row.dueAt?.toISOString() ?? null,
      overdue: row.overdueAt !== null,
      seats: seats[index] ?? [],
    })),
    waitingTotal: totals?.waiting ?? 0,
    lateCases: totals?.late ?? 0,
    withoutDepartment: totals?.without ?? 0,
    experts: known,
  };
}
