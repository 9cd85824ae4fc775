import type { Executor } from '@mse/db';
import { assignments, cases, decisionDrafts, experts } from '@mse/db/schema';
import { termOf } from '@mse/domain/deadlines';
import type { AssignmentCause } from '@mse/domain/examination';
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { recordAudit } from '../../platform/audit.ts';
import { changeCases } from './change-case.ts';
import { dealCases } from './deal-cases.ts';

/** Why parts are taken from an expert. */
export type MoveCause = Exclude<AssignmentCause, 'dealt'>;

/** What moving did: parts given to others, and parts for which nobody could be found, whose cases wait again. */
export interface MovedParts {
  moved: number;
  left: number;
}

/**
 * PX-17, RG-34, PX-25: takes open parts from an expert (all, or those named) and gives each to a new one with one working day, at once, in
 * the caller's transaction. The service term of their cases becomes that of ten working days from the day they were dealt. A seat that
 * nobody can take sends its case to the waiting list, where it keeps its place; the other seats stay with their experts. Waits for a
 * dealing under way, so call it before other rows of the experts' side are locked.
 */
export async function moveOpenCases(
  deps: Deps,
  tx: Executor,
  request: { expertId: string; cause: MoveCause; assignmentIds?: readonly string[]; actor?: string },
  at: Date,
): Promise<MovedParts> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('saraptama:dealing'))`);
  const actor = request.actor ?? 'system:redistribution';
  const taken = await tx
    .update(assignments)
    .set({
      state: request.cause === 'recusal' ? 'recused' : 'moved',
      stateAt: at,
      // Whoever gets the seat next, now or from the waiting list, holds it for this cause.
      reasons: sql`${assignments.reasons} || ${JSON.stringify({ left: request.cause })}::jsonb`,
    })
    .where(
      and(
        eq(assignments.expertId, request.expertId),
        eq(assignments.state, 'open'),
        request.assignmentIds ? inArray(assignments.id, [...request.assignmentIds]) : undefined,
      ),
    )
    .returning({ id: assignments.id, caseId: assignments.caseId });
  if (taken.length === 0) return { moved: 0, left: 0 };
  await tx.delete(decisionDrafts).where(
    inArray(
      decisionDrafts.assignmentId,
      taken.map(({ id }) => id),
    ),
  );
  const caseIds = taken.map(({ caseId }) => caseId);
  await lengthenTerms(deps, tx, caseIds);
  const dealt = await dealCases(deps, tx, at, { only: caseIds });
  const given = new Set(dealt.caseIds);
  const left = caseIds.filter((id) => !given.has(id));
  await changeCases(
    deps,
    tx,
    { caseIds: left, event: 'seat-lost', actor, detail: { cause: request.cause } },
    at,
  );
  const [expert] = await tx
    .select({ personId: experts.personId })
    .from(experts)
    .where(eq(experts.id, request.expertId));
  await recordAudit(tx, {
    at,
    actor,
    actorRole: 'system',
    action: 'examination.moveParts',
    outcome: 'done',
    personId: expert?.personId ?? null,
    subject: `expert:${request.expertId}`,
    requestId: null,
    detail: { cause: request.cause, moved: given.size, left: left.length },
  });
  return { moved: given.size, left: left.length };
}

/** PX-17, PX-22: ten working days from the day of dealing; a term that is longer already stays. */
async function lengthenTerms(deps: Deps, tx: Executor, caseIds: readonly string[]): Promise<void> {
  const rows = await tx
    .select({ id: cases.id, dealtAt: cases.dealtAt, dueAt: cases.dueAt })
    .from(cases)
    .where(inArray(cases.id, [...caseIds]));
  const policies = deps.reference.policies();
  const calendar = deps.reference.calendar();
  const later = rows.flatMap((row) => {
    const due = row.dealtAt && termOf(policies, calendar, 'extended', row.dealtAt);
    return due && (row.dueAt === null || row.dueAt < due) ? [{ id: row.id, due }] : [];
  });
  for (const alike of Map.groupBy(later, ({ due }) => due.getTime()).values()) {
    const [first] = alike;
    if (first)
      await tx
        .update(cases)
        .set({ dueAt: first.due, overdueAt: null })
        .where(
          inArray(
            cases.id,
            alike.map(({ id }) => id),
          ),
        );
  }
}
