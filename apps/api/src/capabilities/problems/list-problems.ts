import type { ProblemsOutput } from '@mse/contracts/problems';
import type { Executor } from '@mse/db';
import { problems } from '@mse/db/schema';
import {
  type DepartmentFigures,
  type Proposal,
  PROPOSAL_LIMITS,
  proposeProblems,
} from '@mse/domain/problems';
import { addDays, toBusinessDate } from '@mse/domain/shared';
import { asc, count, desc, eq, gte, or } from 'drizzle-orm';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { departmentFigures } from './department-figures.ts';
import { departmentShown, problemView } from './problem-view.ts';

/** Sent problems on the page; the file has all. */
const SENT_SHOWN = 100;

/** EQ-17: the register: what waits, the most urgent first, what was sent, and what the figures point at today. */
export async function listProblems(call: CallContext): Promise<z.input<typeof ProblemsOutput>> {
  const { deps, at } = call;
  const { db, reference } = deps;
  const today = toBusinessDate(at);
  const [open, sent, [all], proposals] = await Promise.all([
    db
      .select()
      .from(problems)
      .where(eq(problems.state, 'open'))
      .orderBy(asc(problems.dueOn), asc(problems.number)),
    db
      .select()
      .from(problems)
      .where(eq(problems.state, 'sent'))
      .orderBy(desc(problems.number))
      .limit(SENT_SHOWN),
    db.select({ count: count() }).from(problems).where(eq(problems.state, 'sent')),
    departmentFigures(deps, at).then((figures) => proposalsOf(db, figures, at)),
  ]);
  call.seen(null, 'problems');
  const view = (row: typeof problems.$inferSelect) =>
    problemView(row, reference, reference.calendar(), today);
  return {
    today,
    open: open.map(view),
    sent: sent.map(view),
    sentInAll: all?.count ?? 0,
    proposals: proposals.flatMap(({ kind, departmentId, figures }) => {
      const department = departmentShown(reference, departmentId);
      return department ? [{ kind, department, figures }] : [];
    }),
    departments: reference
      .departments()
      .map(({ number, name }) => ({ number, name }))
      .sort((left, right) => left.number - right.number),
  };
}

/** EQ-17: what figures point at and the register does not know yet. */
export async function proposalsOf(
  executor: Executor,
  figures: readonly DepartmentFigures[],
  at: Date,
): Promise<Proposal[]> {
  const today = toBusinessDate(at);
  const known = await executor
    .select({
      cause: problems.cause,
      departmentId: problems.departmentId,
      state: problems.state,
      detectedOn: problems.detectedOn,
    })
    .from(problems)
    .where(
      or(eq(problems.state, 'open'), gte(problems.detectedOn, addDays(today, -PROPOSAL_LIMITS.quietDays))),
    );
  return proposeProblems(figures, known, today);
}
