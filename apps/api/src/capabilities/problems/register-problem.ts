import type {
  RegisterProblemInput,
  RegisterProblemOutput,
  TakeUpProposalInput,
  TakeUpProposalOutput,
} from '@mse/contracts/problems';
import type { Transaction } from '@mse/db';
import { problemEvents, problems } from '@mse/db/schema';
import {
  decideRegistration,
  problemDueOn,
  type ProblemCause,
  type ProposalFigures,
} from '@mse/domain/problems';
import { daysBetween, type PlainDate, toBusinessDate } from '@mse/domain/shared';
import { sql } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, signedIn } from '../../trpc.ts';
import { departmentFigures } from './department-figures.ts';
import { proposalsOf } from './list-problems.ts';

/** EQ-17: enters a problem that somebody found. Its clock runs from the day it was found, not from the day it is entered. */
export async function registerProblem(
  call: CallContext,
  input: z.output<typeof RegisterProblemInput>,
): Promise<z.input<typeof RegisterProblemOutput>> {
  const { deps, at } = call;
  const decision = decideRegistration(daysBetween(input.detectedOn, toBusinessDate(at)));
  if (!decision.ok) return decision;
  const department = deps.reference.departments().find(({ number }) => number === input.department);
  if (input.department !== undefined && !department) return { ok: false, refusal: 'unknown-department' };
  return deps.db.transaction(async (tx) => {
    await lockRegister(tx);
    return enter(call, tx, 'problems.register', {
      departmentId: department?.id ?? null,
      detectedOn: input.detectedOn,
      text: input.text,
      cause: 'by-hand',
      figures: {},
    });
  });
}

/** EQ-17: makes a proposal of the figures a problem, found today. The figures are looked at anew: what no longer holds is not entered. */
export async function takeUpProposal(
  call: CallContext,
  input: z.output<typeof TakeUpProposalInput>,
): Promise<z.input<typeof TakeUpProposalOutput>> {
  const { deps, at } = call;
  const department = deps.reference.departments().find(({ number }) => number === input.department);
  const figures = await departmentFigures(deps, at);
  return deps.db.transaction(async (tx): Promise<z.input<typeof TakeUpProposalOutput>> => {
    await lockRegister(tx);
    const proposal = (await proposalsOf(tx, figures, at)).find(
      ({ kind, departmentId }) => kind === input.kind && departmentId === department?.id,
    );
    if (!proposal) return { ok: false, refusal: 'not-proposed' };
    return enter(call, tx, 'problems.takeUp', {
      departmentId: proposal.departmentId,
      detectedOn: toBusinessDate(at),
      text: '',
      cause: proposal.kind,
      figures: proposal.figures,
    });
  });
}

/** Numbers of the register have no gaps, so problems are entered one after the other. */
async function lockRegister(tx: Transaction): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('saraptama:problems'))`);
}

async function enter(
  call: CallContext,
  tx: Transaction,
  action: 'problems.register' | 'problems.takeUp',
  problem: {
    departmentId: string | null;
    detectedOn: PlainDate;
    text: string;
    cause: ProblemCause;
    figures: ProposalFigures;
  },
): Promise<{ ok: true; id: string; number: number }> {
  const { deps, at } = call;
  const caller = signedIn(call);
  const id = deps.random.id(at);
  const dueOn = problemDueOn(deps.reference.calendar(), problem.detectedOn);
  const [row] = await tx
    .insert(problems)
    .values({
      id,
      number: sql`(select coalesce(max(${problems.number}), 0) + 1 from ${problems})`,
      dueOn,
      state: 'open',
      createdBy: caller.personId,
      createdAt: at,
      ...problem,
    })
    .returning({ number: problems.number });
  if (!row) throw new Error('The problem was not stored');
  await tx.insert(problemEvents).values({ problemId: id, kind: 'registered', at, by: caller.personId });
  await recordAudit(tx, {
    at,
    actor: caller.personId,
    actorRole: actingRole(action, caller),
    action,
    outcome: 'done',
    personId: null,
    subject: `problem:${id}`,
    requestId: call.requestId,
    detail: { number: row.number, dueOn, ...problem },
  });
  return { ok: true, id, number: row.number };
}
