import type {
  ExecutionReport,
  ExecutionsInput,
  ExecutionsOutput,
  RecordExecutionInput,
  RecordExecutionOutput,
} from '@mse/contracts/results';
import type { Executor } from '@mse/db';
import { conclusions, persons, programmeExecutions } from '@mse/db/schema';
import { type ExecutionSource, handedOverParts, reportedPart } from '@mse/domain/documents';
import { fullName, toBusinessDate } from '@mse/domain/shared';
import { asc, eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, notFound } from '../../trpc.ts';
import { deskCaller } from '../desk/desk-caller.ts';

/** The conclusion of an act that has a programme, with its person; null when there is none. */
async function programmeOf(executor: Executor, actNo: string) {
  const [found] = await executor
    .select({ conclusion: conclusions, person: persons })
    .from(conclusions)
    .innerJoin(persons, eq(persons.id, conclusions.personId))
    .where(eq(conclusions.actNo, actNo));
  return found?.conclusion.content.programme ? found : null;
}

/**
 * PX-56: keeps what a system reports of a measure it carries out. The same message again changes nothing; a report of a part that
 * was never handed over to this system is refused.
 */
export async function keepReport(
  deps: Deps,
  client: { id: string; source: Exclude<ExecutionSource, 'department'> },
  report: z.output<typeof ExecutionReport>,
  requestId: string,
): Promise<'kept' | 'known' | 'unknown-act'> {
  const at = deps.clock.now();
  const part = reportedPart(client.source);
  return deps.db.transaction(async (tx) => {
    const found = await programmeOf(tx, report.actNo);
    const handedOver: readonly string[] = found ? handedOverParts(found.conclusion.content) : [];
    if (!found || !handedOver.includes(part)) return 'unknown-act';
    const kept = await keep(deps, tx, {
      conclusionId: found.conclusion.id,
      personId: found.person.id,
      part,
      source: client.source,
      messageId: report.messageId,
      measure: report.measure,
      state: report.state,
      on: report.on,
      note: report.note,
      recordedBy: `client:${client.id}`,
      recordedAt: at,
    });
    if (!kept) return 'known';
    await recordAudit(tx, {
      at,
      actor: `client:${client.id}`,
      actorRole: 'integration',
      action: 'results.keepReport',
      outcome: 'done',
      personId: found.person.id,
      subject: `conclusion:${found.conclusion.id}`,
      requestId,
      detail: { part, state: report.state },
    });
    return 'kept';
  });
}

async function keep(
  deps: Deps,
  tx: Executor,
  row: Omit<typeof programmeExecutions.$inferInsert, 'id'>,
): Promise<boolean> {
  const made = await tx
    .insert(programmeExecutions)
    .values({ id: deps.random.id(deps.clock.now()), ...row })
    .onConflictDoNothing({ target: [programmeExecutions.source, programmeExecutions.messageId] })
    .returning({ id: programmeExecutions.id });
  return made.length > 0;
}

/** PX-56: the programme of an act of the caller's department, and everything that was reported of it. */
export async function listExecutions(
  call: CallContext,
  { actNo }: z.output<typeof ExecutionsInput>,
): Promise<z.input<typeof ExecutionsOutput>> {
  const { deps } = call;
  const { department } = deskCaller(call);
  const found = await programmeOf(deps.db, actNo);
  if (!found || found.conclusion.departmentId !== department.id) {
    call.seen(null, 'programme');
    return { programme: null };
  }
  const { conclusion, person } = found;
  call.seen(person.id, `conclusion:${conclusion.id}`);
  const rows = await deps.db
    .select()
    .from(programmeExecutions)
    .where(eq(programmeExecutions.conclusionId, conclusion.id))
    .orderBy(asc(programmeExecutions.recordedAt), asc(programmeExecutions.id));
  return {
    programme: {
      actNo,
      personName: fullName(person),
      social: conclusion.content.programme?.social ?? [],
      vocational: conclusion.content.programme?.vocational ?? [],
      reported: rows.map(({ id, part, measure, state, on, note, recordedAt }) => ({
        id,
        part,
        measure,
        state,
        on,
        note,
        at: recordedAt.toISOString(),
      })),
    },
  };
}

/** PX-56: what the employer did, written down by the department from the person's words; sending the form twice writes it once. */
export async function recordExecution(
  call: CallContext,
  input: z.output<typeof RecordExecutionInput>,
): Promise<z.input<typeof RecordExecutionOutput>> {
  const { deps, at } = call;
  const { caller, department } = deskCaller(call);
  return deps.db.transaction(async (tx) => {
    const found = await programmeOf(tx, input.actNo);
    if (!found || found.conclusion.departmentId !== department.id) throw notFound();
    const kept = await keep(deps, tx, {
      conclusionId: found.conclusion.id,
      personId: found.person.id,
      part: reportedPart('department'),
      source: 'department',
      messageId: input.requestKey,
      measure: input.measure,
      state: input.state,
      on: toBusinessDate(at),
      note: input.note,
      recordedBy: caller.personId,
      recordedAt: at,
    });
    if (kept)
      await recordAudit(tx, {
        at,
        actor: caller.personId,
        actorRole: actingRole('results.recordExecution', caller),
        action: 'results.recordExecution',
        outcome: 'done',
        personId: found.person.id,
        subject: `conclusion:${found.conclusion.id}`,
        requestId: call.requestId,
        detail: { state: input.state },
      });
    return { ok: true };
  });
}
