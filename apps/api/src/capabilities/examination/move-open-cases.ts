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

/** What is taken from an expert: all open parts, or those named. */
export interface PartsToMove {
  expertId: string;
  cause: MoveCause;
  assignmentIds?: readonly string[];
  actor?: string;
}

/** PX-17, RG-34, PX-25: moves the open parts of one expert; see `moveParts`. */
export async function moveOpenCases(
  deps: Deps,
  tx: Executor,
  request: PartsToMove,
  at: Date,
): Promise<MovedParts> {
  return moveParts(deps, tx, [request], at);
}

/**
 * PX-17, RG-34, PX-25: takes open parts from experts and gives each to a new one with one working day, at once and in one dealing however
 * many experts there are, in the caller's transaction. The service term of their cases becomes that of ten working days from the day they were dealt. A seat that
 * nobody can take sends its case to the waiting list, where it keeps its place; the other seats stay with their experts. Waits for a
 * dealing under way, so call it before other rows of the experts' side are locked.
 */
export async function moveParts(
  deps: Deps,
  tx: Executor,
  requests: readonly PartsToMove[],
  at: Date,
): Promise<MovedParts> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('saraptama:dealing'))`);
  const takings: { request: PartsToMove; caseIds: string[] }[] = [];
  for (const request of requests) {
    const caseIds = await takeParts(tx, request, at);
    if (caseIds.length > 0) takings.push({ request, caseIds });
  }
  if (takings.length === 0) return { moved: 0, left: 0 };
  const all = [...new Set(takings.flatMap(({ caseIds }) => caseIds))];
  await lengthenTerms(deps, tx, all);
  const dealt = await dealCases(deps, tx, at, { only: all });
  const given = new Set(dealt.caseIds);
  const total = { moved: 0, left: 0 };
  for (const alike of Map.groupBy(takings, actorAndCause).values()) {
    const [first] = alike;
    if (!first) continue;
    const left = alike.flatMap(({ caseIds }) => caseIds.filter((id) => !given.has(id)));
    await changeCases(
      deps,
      tx,
      {
        caseIds: left,
        event: 'seat-lost',
        actor: first.request.actor ?? DEFAULT_ACTOR,
        detail: { cause: first.request.cause },
      },
      at,
    );
  }
  const persons = await tx
    .select({ id: experts.id, personId: experts.personId })
    .from(experts)
    .where(
      inArray(
        experts.id,
        takings.map(({ request }) => request.expertId),
      ),
    );
  const personOf = new Map(persons.map(({ id, personId }) => [id, personId]));
  await recordAudit(
    tx,
    ...takings.map(({ request, caseIds }) => {
      const moved = caseIds.filter((id) => given.has(id)).length;
      const left = caseIds.length - moved;
      total.moved += moved;
      total.left += left;
      return {
        at,
        actor: request.actor ?? DEFAULT_ACTOR,
        actorRole: 'system',
        action: 'examination.moveParts',
        outcome: 'done' as const,
        personId: personOf.get(request.expertId) ?? null,
        subject: `expert:${request.expertId}`,
        requestId: null,
        detail: { cause: request.cause, moved, left },
      };
    }),
  );
  return total;
}

const DEFAULT_ACTOR = 'system:redistribution';

function actorAndCause({ request }: { request: PartsToMove }): string {
  return `${request.actor ?? DEFAULT_ACTOR} ${request.cause}`;
}

/** Ends the open parts of an expert, or those named, and drops what was typed; answers their cases. */
async function takeParts(tx: Executor, request: PartsToMove, at: Date): Promise<string[]> {
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
  if (taken.length > 0)
    await tx.delete(decisionDrafts).where(
      inArray(
        decisionDrafts.assignmentId,
        taken.map(({ id }) => id),
      ),
    );
  return taken.map(({ caseId }) => caseId);
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
