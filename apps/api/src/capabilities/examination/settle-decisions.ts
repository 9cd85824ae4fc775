import { type Executor, insertMany } from '@mse/db';
import { assignments, cases, comparisons, decisions, experts } from '@mse/db/schema';
import { panelsOn } from '@mse/domain/dealing';
import { type Comparison, compareDecisions, datedConclusion } from '@mse/domain/examination';
import { policyOn } from '@mse/domain/policies';
import { toBusinessDate } from '@mse/domain/shared';
import { and, eq, inArray } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { getPersons } from '../identity/people.ts';
import { recordConclusions } from '../results/record-conclusion.ts';
import { type Case, changeCases } from './change-case.ts';
import { inviteToDepartment } from './invite.ts';

/** What a panel decided: terms by age have no date yet. */
type DecidedConclusion = Extract<Comparison, { outcome: 'agreed' }>['content'];

/** What became of a case when a decision was stored. `incomplete`: other parts of the panel are still open. */
export type Settled = Comparison['outcome'] | 'incomplete';

/** PX-32, PX-33, SN-08: settles one case; see `settleCases`. */
export async function settleDecisions(deps: Deps, tx: Executor, caseId: string, at: Date): Promise<Settled> {
  const settled = await settleCases(deps, tx, [caseId], at);
  return settled.get(caseId) ?? 'incomplete';
}

/**
 * PX-32, PX-33, SN-08: called in the transaction that stored decisions. When a panel is complete its decisions are compared, once, by
 * the choices that count today, and the result is kept with them. Agreed: the conclusion with its act (PX-38, PX-50). Otherwise the person
 * is invited to the department (PX-34). Two who sign at once wait for each other on the row of the case, so the later one finds all. Cases
 * are locked in the order of their ids and settled in a few statements, however many they are.
 */
export async function settleCases(
  deps: Deps,
  tx: Executor,
  caseIds: readonly string[],
  at: Date,
): Promise<Map<string, Settled>> {
  const settled = new Map<string, Settled>(caseIds.map((id) => [id, 'incomplete']));
  const rows = await tx
    .select()
    .from(cases)
    .where(and(inArray(cases.id, [...caseIds]), eq(cases.state, 'deciding')))
    .orderBy(cases.id)
    .for('update');
  if (rows.length === 0) return settled;
  const parts = await tx
    .select({
      caseId: assignments.caseId,
      seat: assignments.seat,
      state: assignments.state,
      kind: experts.kind,
      content: decisions.content,
    })
    .from(assignments)
    .innerJoin(experts, eq(experts.id, assignments.expertId))
    .leftJoin(decisions, eq(decisions.assignmentId, assignments.id))
    .where(
      and(
        inArray(
          assignments.caseId,
          rows.map(({ id }) => id),
        ),
        inArray(assignments.state, ['open', 'signed']),
      ),
    );
  const today = toBusinessDate(at);
  const policies = deps.reference.policies();
  const rules = {
    consensus: policyOn(policies, 'comparison.consensus', today),
    nonconformity: policyOn(policies, 'comparison.nonconformity', today),
  };
  const partsOf = Map.groupBy(parts, ({ caseId }) => caseId);
  const compared = rows.flatMap((row) => {
    const live = partsOf.get(row.id) ?? [];
    const seats = panelsOn(policies, toBusinessDate(row.dealtAt ?? at))[row.track].length;
    const signed = live.flatMap(({ seat, state, kind, content }) =>
      state === 'signed' && content ? [{ seat, kind, content }] : [],
    );
    if (signed.length < seats || live.length > signed.length) return [];
    return [{ row, result: compareDecisions(signed, rules) }];
  });
  if (compared.length === 0) return settled;

  await insertMany(
    tx,
    comparisons,
    compared.map(({ row, result }) => ({
      id: deps.random.id(at),
      caseId: row.id,
      outcome: result.outcome,
      at,
      detail: { ...rules, ...foundBy(result) },
    })),
  );
  for (const [outcome, event] of [
    ['mismatch', 'mismatched'],
    ['nonconformity', 'nonconforming'],
  ] as const) {
    const own = compared.filter(({ result }) => result.outcome === outcome);
    await inviteToDepartment(
      deps,
      tx,
      own.map(({ row, result }) => ({ row, detail: foundBy(result) })),
      event,
      at,
    );
  }
  await conclude(
    deps,
    tx,
    compared.flatMap(({ row, result }) =>
      result.outcome === 'agreed' ? [{ row, content: result.content }] : [],
    ),
    at,
  );
  for (const { row, result } of compared) settled.set(row.id, result.outcome);
  return settled;
}

/** What is kept of a comparison besides its outcome. */
function foundBy(result: Comparison): Record<string, unknown> {
  if (result.outcome === 'agreed') return { merged: result.merged };
  return result.outcome === 'nonconformity' ? { kinds: result.kinds } : {};
}

/** PX-38, PX-50: the conclusions of panels that agreed. */
async function conclude(
  deps: Deps,
  tx: Executor,
  agreed: readonly { row: Case; content: DecidedConclusion }[],
  at: Date,
): Promise<void> {
  if (agreed.length === 0) return;
  const caseIds = agreed.map(({ row }) => row.id);
  const { changed } = await changeCases(
    deps,
    tx,
    { caseIds, event: 'agreed', actor: 'system:comparison' },
    at,
  );
  if (changed.length < agreed.length) throw new Error('A locked case cannot be concluded');
  const personOf = await getPersons(
    tx,
    agreed.map(({ row }) => row.personId),
  );
  await recordConclusions(
    deps,
    tx,
    agreed.map(({ row, content }) => ({
      formId: row.formId,
      caseId: row.id,
      personId: row.personId,
      departmentId: row.departmentId,
      basis: 'remote',
      // PX-01: the day on which the draft act was formed.
      examinedOn: toBusinessDate(row.draftFormedAt ?? row.acceptedAt),
      content: datedConclusion(content, personOf(row.personId).birthDate),
      text: null,
      signature: null,
      signedBy: null,
    })),
    at,
  );
}
