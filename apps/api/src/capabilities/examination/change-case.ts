import { type Executor, insertMany, updateMany } from '@mse/db';
import { assignments, caseEvents, cases, decisionDrafts, forms } from '@mse/db/schema';
import { caseTermBegins, termOf } from '@mse/domain/deadlines';
import {
  type CaseEvent,
  type CaseState,
  formMark,
  isFinalCaseState,
  serviceStage,
  stepCase,
} from '@mse/domain/examination';
import { ok, refuse, type Result } from '@mse/domain/shared';
import { and, eq, inArray } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { recordAudit } from '../../platform/audit.ts';
import { tellStage } from './tell-stage.ts';

/** A case as our table holds it. */
export type Case = typeof cases.$inferSelect;

/** Fields that a step may set besides the state; the times that follow from a rule are set by the step itself. */
export type CaseChange = Partial<
  Pick<Case, 'draftActNo' | 'draftFormedAt' | 'departmentId' | 'dueAt' | 'invitedAt' | 'repeatAt' | 'closeAt'>
>;

/** One step of one or many cases. */
export interface CaseStep {
  event: CaseEvent;
  /** Person id, or `system:<process>`. */
  actor: string;
  /** Role by which a person acts. */
  actorRole?: string;
  /** The same for all, or what each case has of its own. */
  detail?: Record<string, unknown> | ((row: Case) => Record<string, unknown>);
  set?: CaseChange | ((row: Case) => CaseChange);
}

/** Why a step was not made. `impossible-now`: the transition table has no such line for the state the case is in by now. */
export type StepRefusal = 'not-found' | 'impossible-now';

/**
 * PX-39: the only door that changes the state of a case, by the transition table of the domain, in the caller's transaction; the row is
 * locked until its end. Writes the event, tells the stage (PX-51), sets the times that follow from the rules, drops the open parts of
 * a panel that the case leaves, and marks the form of a case that was closed (PX-37). Refused when the table does not know the event in the state the case is in: two who race are told apart.
 */
export async function changeCase(
  deps: Deps,
  tx: Executor,
  step: CaseStep & { caseId: string },
  at: Date,
): Promise<Result<{ from: CaseState; to: CaseState }, StepRefusal>> {
  const { caseId, ...rest } = step;
  const { changed, found } = await changeCases(deps, tx, { ...rest, caseIds: [caseId] }, at);
  const [one] = changed;
  return one ? ok({ from: one.from, to: one.to }) : refuse(found > 0 ? 'impossible-now' : 'not-found');
}

/** The same step for many cases in a few statements; those for which it is impossible are left as they are. */
export async function changeCases(
  deps: Deps,
  tx: Executor,
  step: CaseStep & { caseIds: readonly string[] },
  at: Date,
): Promise<{ found: number; changed: { row: Case; from: CaseState; to: CaseState }[] }> {
  if (step.caseIds.length === 0) return { found: 0, changed: [] };
  const rows = await tx
    .select()
    .from(cases)
    .where(inArray(cases.id, [...step.caseIds]))
    .orderBy(cases.id)
    .for('update');
  const changed = rows.flatMap((row) => {
    const next = stepCase(row.state, step.event);
    return next.ok ? [{ row, from: row.state, to: next.value }] : [];
  });
  if (changed.length === 0) return { found: rows.length, changed };

  const sets = changed.map(({ row, from, to }) => ({
    id: row.id,
    set: {
      ...(from === to ? {} : { state: to, stateAt: at }),
      ...timesOf(deps, row, step, to, at),
      ...(typeof step.set === 'function' ? step.set(row) : step.set),
    },
  }));
  // Cases that change the same fields go in one statement, each with values of its own.
  const fieldsOf = ({ set }: (typeof sets)[number]) =>
    Object.entries(set)
      .flatMap(([key, value]) => (value === undefined ? [] : [key]))
      .toSorted()
      .join(' ');
  for (const alike of Map.groupBy(sets, fieldsOf).values())
    await updateMany(
      tx,
      cases,
      alike.map(({ id, set }) => ({ id, ...set })),
    );
  const left = changed.filter(({ from, to }) => from === 'deciding' && to !== 'deciding' && to !== 'waiting');
  if (left.length > 0)
    await dropOpenParts(
      tx,
      left.map(({ row }) => row.id),
      at,
    );
  // PX-37: the form goes with its case, so that nothing is asked of it any more and a new one is not F017.
  for (const [mark, marked] of Map.groupBy(changed, ({ to }) => formMark(to)))
    if (mark !== null)
      await tx
        .update(forms)
        .set({ state: mark })
        .where(
          and(
            inArray(
              forms.id,
              marked.map(({ row }) => row.formId),
            ),
            eq(forms.state, 'accepted'),
          ),
        );
  await insertMany(
    tx,
    caseEvents,
    changed.map(({ row, from, to }) => ({
      caseId: row.id,
      event: step.event,
      from,
      to,
      at,
      actor: step.actor,
      detail: (typeof step.detail === 'function' ? step.detail(row) : step.detail) ?? {},
    })),
  );
  await recordAudit(
    tx,
    ...changed.map(({ row }) => ({
      at,
      actor: step.actor,
      actorRole: step.actor.startsWith('system:') ? 'system' : (step.actorRole ?? 'unknown'),
      action: `examination.${step.event}`,
      outcome: 'done' as const,
      personId: row.personId,
      subject: `case:${row.id}`,
      requestId: null,
    })),
  );
  await tellStage(
    deps,
    tx,
    changed
      .filter(({ from, to }) => serviceStage(from) !== serviceStage(to))
      .map(({ row, to }) => ({
        caseId: row.id,
        formId: row.formId,
        personId: row.personId,
        stage: serviceStage(to),
      })),
    at,
  );
  return { found: rows.length, changed };
}

/** Times that follow from a rule: PX-01, PX-16 when the case joins the waiting list; PX-22 when it takes longer; the end. */
function timesOf(deps: Deps, row: Case, step: CaseStep, to: CaseState, at: Date): Partial<Case> {
  const policies = deps.reference.policies();
  const calendar = deps.reference.calendar();
  const extended = (from: Date) => termOf(policies, calendar, 'extended', from);
  switch (step.event) {
    case 'prepared': {
      const begins = caseTermBegins(policies, row.track, { arrivedAt: at, dealtAt: null });
      return {
        draftFormedAt: at,
        waitingSince: at,
        dueAt: begins && termOf(policies, calendar, row.track, begins),
      };
    }
    case 'mismatched':
    case 'nonconforming':
      return { dueAt: extended(row.dealtAt ?? at), overdueAt: null };
    case 'consultation-asked':
      return { dueAt: extended(at), overdueAt: null, repeatAt: null, closeAt: null };
    default:
      return isFinalCaseState(to) ? { endedAt: at } : {};
  }
}

/** The parts of experts who have not signed when the case leaves its panel, and what they had typed. */
async function dropOpenParts(tx: Executor, caseIds: string[], at: Date): Promise<void> {
  const dropped = await tx
    .update(assignments)
    .set({ state: 'dropped', stateAt: at })
    .where(and(inArray(assignments.caseId, caseIds), eq(assignments.state, 'open')))
    .returning({ id: assignments.id });
  if (dropped.length > 0)
    await tx.delete(decisionDrafts).where(
      inArray(
        decisionDrafts.assignmentId,
        dropped.map(({ id }) => id),
      ),
    );
}
