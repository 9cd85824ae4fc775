import type {
  ApplicationLine,
  ApplicationsInput,
  ApplicationsOutput,
  RegisterDashboardOutput,
} from '@mse/contracts/expert-register';
import type { Executor } from '@mse/db';
import {
  announcements,
  expertApplications,
  expertExclusions,
  persons,
  policyProposals,
} from '@mse/db/schema';
import { APPLICATION_STATES, REGISTER_POLICIES } from '@mse/domain/experts';
import { policyRowOn } from '@mse/domain/policies';
import { addDays, daysBetween, type PlainDate, toBusinessDate } from '@mse/domain/shared';
import { and, asc, count, desc, eq, inArray, ne, type SQL, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';

const PAGE = 50;

/** Applications with who and what for; drafts are the candidates' own and never listed. */
async function linesOf(
  executor: Executor,
  today: PlainDate,
  condition: SQL | undefined,
  order: SQL[],
  limit: number,
  offset = 0,
): Promise<{ line: z.input<typeof ApplicationLine>; personId: string }[]> {
  const rows = await executor
    .select({
      application: expertApplications,
      announcement: announcements.number,
      surname: persons.surname,
      name: persons.name,
      patronymic: persons.patronymic,
    })
    .from(expertApplications)
    .innerJoin(persons, eq(persons.id, expertApplications.personId))
    .innerJoin(announcements, eq(announcements.id, expertApplications.announcementId))
    .where(
      and(ne(expertApplications.state, 'draft'), sql`${expertApplications.number} is not null`, condition),
    )
    .orderBy(...order)
    .limit(limit)
    .offset(offset);
  return rows.map(({ application, announcement, surname, name, patronymic }) => ({
    personId: application.personId,
    line: {
      id: application.id,
      number: application.number,
      announcement,
      person: { surname, name, patronymic },
      state: application.state,
      stateAt: application.stateAt.toISOString(),
      submittedAt: application.submittedAt?.toISOString() ?? null,
      dueOn: application.dueOn,
      daysLeft: application.dueOn === null ? null : daysBetween(today, application.dueOn),
      groups: application.fields.groups ?? [],
    },
  }));
}

/** R02…R04: applications by stage, what is due soonest first. */
export async function listApplications(
  call: CallContext,
  { state, page }: z.output<typeof ApplicationsInput>,
): Promise<z.input<typeof ApplicationsOutput>> {
  const { db } = call.deps;
  const today = toBusinessDate(call.at);
  const condition = state === null ? undefined : eq(expertApplications.state, state);
  const [lines, total] = await Promise.all([
    linesOf(
      db,
      today,
      condition,
      [
        sql`${expertApplications.dueOn} asc nulls last`,
        desc(expertApplications.stateAt),
        asc(expertApplications.id),
      ],
      PAGE,
      (page - 1) * PAGE,
    ),
    db.$count(
      expertApplications,
      and(ne(expertApplications.state, 'draft'), sql`${expertApplications.number} is not null`, condition),
    ),
  ]);
  for (const { personId, line } of lines) call.seen(personId, `expert-application:${line.id}`);
  return {
    today,
    applications: lines.map(({ line }) => line),
    total,
    page,
    pages: Math.max(1, Math.ceil(total / PAGE)),
  };
}

/** R01: applications by stage with the days left, and what else waits for somebody. */
export async function registerDashboard(call: CallContext): Promise<z.input<typeof RegisterDashboardOutput>> {
  const { db, reference } = call.deps;
  const today = toBusinessDate(call.at);
  const near = addDays(today, 1);
  const [stages, soonest, [experts], exclusions, proposed] = await Promise.all([
    db
      .select({
        state: expertApplications.state,
        count: count(),
        near: sql<number>`count(*) filter (where ${expertApplications.dueOn} between ${today} and ${near})::int`,
        overdue: sql<number>`count(*) filter (where ${expertApplications.dueOn} < ${today})::int`,
      })
      .from(expertApplications)
      .where(and(ne(expertApplications.state, 'draft'), sql`${expertApplications.number} is not null`))
      .groupBy(expertApplications.state),
    linesOf(
      db,
      today,
      and(
        sql`${expertApplications.dueOn} is not null`,
        inArray(expertApplications.state, [
          'checking',
          'refusal-proposed',
          'passed',
          'contract-signed',
          'review',
        ]),
      ),
      [asc(expertApplications.dueOn), asc(expertApplications.id)],
      10,
    ),
    db.execute<{ entered: number; away: number; untrained: number; training_overdue: number }>(sql`
      select count(*)::int as entered,
             count(*) filter (where exists (select from expert_absence a where a.expert_id = e.id and a.cancelled_at is null
               and a.from_day <= ${today}::date and (a.until_day is null or a.until_day >= ${today}::date)))::int as away,
             count(*) filter (where s.training_due_on is not null and s.trained_on is null)::int as untrained,
             count(*) filter (where s.training_due_on < ${today}::date and s.trained_on is null)::int as training_overdue
        from expert e left join expert_setup s on s.expert_id = e.id where e.excluded_on is null`),
    db.$count(expertExclusions, eq(expertExclusions.state, 'proposed')),
    db.$count(policyProposals, eq(policyProposals.state, 'proposed')),
  ]);
  for (const { personId, line } of soonest) call.seen(personId, `expert-application:${line.id}`);
  if (soonest.length === 0) call.seen(null, 'register');
  return {
    today,
    stages: APPLICATION_STATES.filter((state) => state !== 'draft').map((state) => {
      const row = stages.find((each) => each.state === state);
      return { state, count: row?.count ?? 0, near: row?.near ?? 0, overdue: row?.overdue ?? 0 };
    }),
    soonest: soonest.map(({ line }) => line),
    experts: {
      entered: experts?.entered ?? 0,
      away: experts?.away ?? 0,
      untrained: experts?.untrained ?? 0,
      trainingOverdue: experts?.training_overdue ?? 0,
    },
    exclusions,
    policies: {
      assumed: REGISTER_POLICIES.filter((key) => policyRowOn(reference.policies(), key, today).assumed)
        .length,
      proposed,
    },
  };
}
