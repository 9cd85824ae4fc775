import type { WorkListInput, WorkListOutput } from '@mse/contracts/expert-desk';
import { asExpert, type Transaction } from '@mse/db';
import { assignments, decisionDrafts, dossiers } from '@mse/db/schema';
import { and, asc, count, eq, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { unseenNotices } from './notices.ts';
import { findOwnExpert } from './own-part.ts';

/** Parts on one page of the list. */
export const WORK_PAGE = 50;

/**
 * One page of an expert's open parts by deadline, at most `limit` rows after a place. The page is cut from the index alone before
 * anything is joined to it, so its cost does not grow with the number of cases.
 */
export function workListQuery(
  tx: Transaction,
  expertId: string,
  after: { dueAt: Date; assignmentId: string } | undefined,
  limit: number,
) {
  const page = tx
    .select({
      assignmentId: assignments.id,
      caseId: assignments.caseId,
      caseCode: assignments.caseCode,
      cause: assignments.cause,
      arrivedAt: assignments.arrivedAt,
      dueAt: assignments.dueAt,
      openedAt: assignments.openedAt,
    })
    .from(assignments)
    .where(
      and(
        eq(assignments.expertId, expertId),
        sql`${assignments.state} = 'open'`,
        after &&
          sql`(${assignments.dueAt}, ${assignments.id}) > (${after.dueAt.toISOString()}::timestamptz, ${after.assignmentId}::uuid)`,
      ),
    )
    .orderBy(asc(assignments.dueAt), asc(assignments.id))
    .limit(limit)
    .as('page');
  return tx
    .select({
      assignmentId: page.assignmentId,
      caseCode: page.caseCode,
      cause: page.cause,
      arrivedAt: page.arrivedAt,
      dueAt: page.dueAt,
      openedAt: page.openedAt,
      purpose: dossiers.purpose,
      nosologyGroup: dossiers.nosologyGroup,
      draft: decisionDrafts.version,
    })
    .from(page)
    .leftJoin(dossiers, eq(dossiers.caseId, page.caseId))
    .leftJoin(decisionDrafts, eq(decisionDrafts.assignmentId, page.assignmentId))
    .orderBy(asc(page.dueAt), asc(page.assignmentId));
}

/** X01: nothing for who is not in the register; otherwise what is due first, with its deadline to the minute (PX-20, PX-21); what is overdue stands on top by itself. */
export async function listWork(
  call: CallContext,
  { after }: z.output<typeof WorkListInput>,
): Promise<z.input<typeof WorkListOutput>> {
  const { deps, at } = call;
  const expert = await findOwnExpert(call);
  call.seen(null, `expert:${expert?.id ?? 'none'}`);
  if (!expert)
    return {
      expertCode: null,
      now: at.toISOString(),
      parts: [],
      counts: { open: 0, overdue: 0 },
      notices: [],
      next: null,
    };
  const from = after && { dueAt: new Date(after.dueAt), assignmentId: after.assignmentId };
  const { rows, counts } = await asExpert(deps.db, expert.id, async (tx) => {
    const rows = await workListQuery(tx, expert.id, from, WORK_PAGE + 1);
    const [counts] = await tx
      .select({
        open: count(),
        overdue: sql<number>`(count(*) filter (where ${assignments.dueAt} < ${at.toISOString()}::timestamptz))::int`,
      })
      .from(assignments)
      .where(and(eq(assignments.expertId, expert.id), sql`${assignments.state} = 'open'`));
    return { rows, counts };
  });
  const page = rows.slice(0, WORK_PAGE);
  const last = rows.length > WORK_PAGE ? page.at(-1) : undefined;
  const groups = new Map(deps.reference.nosology().groups.map((group) => [group.code, group.name]));
  return {
    expertCode: expert.code,
    now: at.toISOString(),
    parts: page.map((row) => ({
      assignmentId: row.assignmentId,
      caseCode: row.caseCode,
      arrivedAt: row.arrivedAt.toISOString(),
      dueAt: row.dueAt.toISOString(),
      overdue: row.dueAt < at,
      opened: row.openedAt !== null,
      begun: row.draft !== null,
      cause: row.cause,
      purpose: row.purpose,
      nosology: row.nosologyGroup === null ? null : (groups.get(row.nosologyGroup) ?? null),
    })),
    counts: { open: counts?.open ?? 0, overdue: counts?.overdue ?? 0 },
    notices: await unseenNotices(call, expert.id),
    next: last ? { dueAt: last.dueAt.toISOString(), assignmentId: last.assignmentId } : null,
  };
}
