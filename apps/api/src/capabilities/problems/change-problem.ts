import type {
  NoteProblemInput,
  NoteProblemOutput,
  ReopenProblemInput,
  ReopenProblemOutput,
  SendProblemInput,
  SendProblemOutput,
} from '@mse/contracts/problems';
import { problemEvents, problems } from '@mse/db/schema';
import { decideReopening, decideSending, type ProblemEvent } from '@mse/domain/problems';
import { ok, type Result, toBusinessDate } from '@mse/domain/shared';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, notFound, signedIn } from '../../trpc.ts';

type Row = typeof problems.$inferSelect;

/** EQ-17: marks a problem as sent to the Methodology Department: who, on which day, with what words. */
export function sendProblem(
  call: CallContext,
  { id, sentOn, note }: z.output<typeof SendProblemInput>,
): Promise<z.input<typeof SendProblemOutput>> {
  return step(call, 'problems.send', id, {
    decide: (row) => decideSending(row, sentOn, toBusinessDate(call.at)),
    change: { state: 'sent', sentOn, sentAt: call.at, sentBy: signedIn(call).personId },
    event: { kind: 'sent', note },
    detail: { sentOn },
  });
}

/** EQ-17: takes back a mark that was set by mistake, with the reason. */
export function reopenProblem(
  call: CallContext,
  { id, reason }: z.output<typeof ReopenProblemInput>,
): Promise<z.input<typeof ReopenProblemOutput>> {
  return step(call, 'problems.reopen', id, {
    decide: decideReopening,
    change: { state: 'open', sentOn: null, sentAt: null, sentBy: null },
    event: { kind: 'reopened', note: reason },
    detail: {},
  });
}

/** EQ-17: adds a remark to the history of a problem, sent or not. */
export async function noteProblem(
  call: CallContext,
  { id, note }: z.output<typeof NoteProblemInput>,
): Promise<z.input<typeof NoteProblemOutput>> {
  const answer = await step<never>(call, 'problems.note', id, {
    decide: () => ok('note'),
    change: null,
    event: { kind: 'noted', note },
    detail: {},
  });
  if (!answer.ok) throw new Error('A remark is never refused');
  return answer;
}

/** One step of a locked problem with its line of history and its audit row. */
async function step<Refusal extends string>(
  call: CallContext,
  action: 'problems.send' | 'problems.reopen' | 'problems.note',
  id: string,
  what: {
    decide: (row: Row) => Result<string, Refusal>;
    change: Partial<Row> | null;
    event: { kind: ProblemEvent; note: string };
    detail: Record<string, unknown>;
  },
): Promise<{ ok: true } | { ok: false; refusal: Refusal }> {
  const { deps, at } = call;
  const caller = signedIn(call);
  return deps.db.transaction(async (tx) => {
    const [row] = await tx.select().from(problems).where(eq(problems.id, id)).for('update');
    if (!row) throw notFound();
    const decision = what.decide(row);
    if (!decision.ok) return decision;
    if (what.change) await tx.update(problems).set(what.change).where(eq(problems.id, id));
    await tx.insert(problemEvents).values({ problemId: id, at, by: caller.personId, ...what.event });
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole(action, caller),
      action,
      outcome: 'done',
      personId: null,
      subject: `problem:${id}`,
      requestId: call.requestId,
      detail: { number: row.number, ...what.detail },
    });
    return { ok: true };
  });
}
