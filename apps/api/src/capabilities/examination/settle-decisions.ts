import type { Executor } from '@mse/db';
import { assignments, cases, comparisons, decisions, experts } from '@mse/db/schema';
import { panelsOn } from '@mse/domain/dealing';
import { type Comparison, compareDecisions, datedConclusion } from '@mse/domain/examination';
import { policyOn } from '@mse/domain/policies';
import { toBusinessDate } from '@mse/domain/shared';
import { and, eq, inArray } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { getPerson } from '../identity/people.ts';
import { recordConclusion } from '../results/record-conclusion.ts';
import { changeCase } from './change-case.ts';
import { inviteToDepartment } from './invite.ts';

/** What became of a case when a decision was stored. `incomplete`: other parts of the panel are still open. */
export type Settled = Comparison['outcome'] | 'incomplete';

/**
 * PX-32, PX-33, SN-08: called in the transaction that stored a decision. When the panel is complete its decisions are compared, once, by
 * the choices that count today, and the result is kept with them. Agreed: the conclusion with its act (PX-38, PX-50). Otherwise the person
 * is invited to the department (PX-34). Two who sign at once wait for each other on the row of the case, so the later one finds all.
 */
export async function settleDecisions(deps: Deps, tx: Executor, caseId: string, at: Date): Promise<Settled> {
  const [row] = await tx.select().from(cases).where(eq(cases.id, caseId)).for('update');
  if (row?.state !== 'deciding') return 'incomplete';
  const parts = await tx
    .select({
      seat: assignments.seat,
      state: assignments.state,
      kind: experts.kind,
      content: decisions.content,
    })
    .from(assignments)
    .innerJoin(experts, eq(experts.id, assignments.expertId))
    .leftJoin(decisions, eq(decisions.assignmentId, assignments.id))
    .where(and(eq(assignments.caseId, caseId), inArray(assignments.state, ['open', 'signed'])));
  const today = toBusinessDate(at);
  const policies = deps.reference.policies();
  const seats = panelsOn(policies, toBusinessDate(row.dealtAt ?? at))[row.track].length;
  const signed = parts.flatMap(({ seat, state, kind, content }) =>
    state === 'signed' && content ? [{ seat, kind, content }] : [],
  );
  if (signed.length < seats || parts.length > signed.length) return 'incomplete';

  const rules = {
    consensus: policyOn(policies, 'comparison.consensus', today),
    nonconformity: policyOn(policies, 'comparison.nonconformity', today),
  };
  const result = compareDecisions(signed, rules);
  const found =
    result.outcome === 'agreed'
      ? { merged: result.merged }
      : result.outcome === 'nonconformity'
        ? { kinds: result.kinds }
        : {};
  await tx.insert(comparisons).values({
    id: deps.random.id(at),
    caseId,
    outcome: result.outcome,
    at,
    detail: { ...rules, ...found },
  });
  if (result.outcome !== 'agreed') {
    await inviteToDepartment(
      deps,
      tx,
      row,
      result.outcome === 'mismatch' ? 'mismatched' : 'nonconforming',
      found,
      at,
    );
    return result.outcome;
  }
  const step = await changeCase(deps, tx, { caseId, event: 'agreed', actor: 'system:comparison' }, at);
  if (!step.ok) throw new Error(`A locked case cannot be concluded: ${step.refusal}`);
  const person = await getPerson(tx, row.personId);
  await recordConclusion(
    deps,
    tx,
    {
      formId: row.formId,
      caseId,
      personId: row.personId,
      departmentId: row.departmentId,
      basis: 'remote',
      // PX-01: the day on which the draft act was formed.
      examinedOn: toBusinessDate(row.draftFormedAt ?? row.acceptedAt),
      content: datedConclusion(result.content, person.birthDate),
      text: null,
      signature: null,
      signedBy: null,
    },
    at,
  );
  return 'agreed';
}
