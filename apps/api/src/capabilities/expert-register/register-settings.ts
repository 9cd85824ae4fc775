import type {
  PolicyStepInput,
  PolicyStepOutput,
  ProposePolicyInput,
  RegisterSettingsOutput,
} from '@mse/contracts/expert-register';
import type { Executor } from '@mse/db';
import { policies, policyProposals, workActs } from '@mse/db/schema';
import {
  decideBeginning,
  decideFourEyes,
  decidePolicyChange,
  REGISTER_POLICIES,
  type RegisterPolicy,
} from '@mse/domain/experts';
import { policyRowOn } from '@mse/domain/policies';
import { type PlainDate, toBusinessDate } from '@mse/domain/shared';
import { and, asc, eq, gte, lt, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { type CallContext, signedIn } from '../../trpc.ts';
import { auditStep } from './register-audit.ts';

/** The register's settings: numbers of the law with their dates and their source; what is our default because the text is not at hand is marked assumed. */
export async function registerSettings(call: CallContext): Promise<z.input<typeof RegisterSettingsOutput>> {
  const { db } = call.deps;
  const { personId } = signedIn(call);
  const today = toBusinessDate(call.at);
  const [rows, proposals] = await Promise.all([
    db.select().from(policies).orderBy(asc(policies.validFrom)),
    db.select().from(policyProposals).where(eq(policyProposals.state, 'proposed')),
  ]);
  call.seen(null, 'register:settings');
  return {
    today,
    policies: REGISTER_POLICIES.map((key) => {
      const current = policyRowOn(rows, key, today);
      const proposal = proposals.find((each) => each.key === key);
      return {
        key,
        value: current.value,
        validFrom: current.validFrom,
        basis: current.basis,
        assumed: current.assumed,
        rows: rows
          .filter((row) => row.key === key)
          .map(({ value, validFrom, basis, assumed }) => ({
            value,
            validFrom,
            basis,
            assumed,
            inForce: validFrom === current.validFrom,
          })),
        proposal: proposal
          ? {
              id: proposal.id,
              value: proposal.value,
              validFrom: proposal.validFrom,
              basis: proposal.basis,
              assumed: proposal.assumed,
              own: proposal.proposedBy === personId,
            }
          : null,
      };
    }),
  };
}

/** PY-03: whoever forms an act waits for a tariff that is being approved, and the other way round: no act is made of a tariff that is gone. */
export async function lockTariff(tx: Executor, how: 'to-read' | 'to-change'): Promise<void> {
  await tx.execute(
    how === 'to-read'
      ? sql`select pg_advisory_xact_lock_shared(hashtext('saraptama:tariff'))`
      : sql`select pg_advisory_xact_lock(hashtext('saraptama:tariff'))`,
  );
}

/** Whether acts of works were formed for a month whose tariff a row from `validFrom` would be; false for whatever makes no acts. */
async function isSettled(
  tx: Executor,
  key: RegisterPolicy,
  validFrom: PlainDate,
  days: readonly PlainDate[],
): Promise<boolean> {
  if (key !== 'payment.tariff') return false;
  const next = days.filter((day) => day > validFrom).sort()[0];
  const acts = await tx.$count(
    workActs,
    and(gte(workActs.month, validFrom), next ? lt(workActs.month, next) : undefined),
  );
  return acts > 0;
}

/** Proposes another number of the law from a day on, with its source; the dated row is made once somebody else approves it. */
export async function proposePolicy(
  call: CallContext,
  { key, value, validFrom, basis, assumed }: z.output<typeof ProposePolicyInput>,
): Promise<z.input<typeof PolicyStepOutput>> {
  const { deps, at } = call;
  const { personId } = signedIn(call);
  const today = toBusinessDate(at);
  return deps.db.transaction(async (tx): Promise<z.input<typeof PolicyStepOutput>> => {
    const rows = await tx.select().from(policies).where(eq(policies.key, key));
    const [open] = await tx
      .select({ id: policyProposals.id })
      .from(policyProposals)
      .where(and(eq(policyProposals.key, key), eq(policyProposals.state, 'proposed')));
    const days = rows.map((row) => row.validFrom);
    const known = {
      now: policyRowOn(rows, key, validFrom).value,
      days,
      proposalOpen: open !== undefined,
      settled: await isSettled(tx, key, validFrom, days),
    };
    const decision = decidePolicyChange(key, value, validFrom, known, today);
    if (!decision.ok) return decision;
    const id = deps.random.id(at);
    const [kept] = await tx
      .insert(policyProposals)
      .values({
        id,
        key,
        value,
        validFrom,
        basis,
        assumed,
        state: 'proposed',
        proposedBy: personId,
        proposedAt: at,
      })
      .onConflictDoNothing()
      .returning({ id: policyProposals.id });
    if (!kept) return { ok: false, refusal: 'proposed-already' };
    await auditStep(call, tx, {
      action: 'expertRegister.proposePolicy',
      personId: null,
      subject: `policy:${key}`,
      detail: { value, validFrom, basis, assumed },
    });
    return { ok: true };
  });
}

/** A second person approves: the dated row is written, once, and every process counts by it within seconds. */
export async function approvePolicy(
  call: CallContext,
  { id }: z.output<typeof PolicyStepInput>,
): Promise<z.input<typeof PolicyStepOutput>> {
  const { deps, at } = call;
  const { personId } = signedIn(call);
  const answer = await deps.db.transaction(async (tx): Promise<z.input<typeof PolicyStepOutput>> => {
    const [proposal] = await tx
      .select()
      .from(policyProposals)
      .where(eq(policyProposals.id, id))
      .for('update');
    if (!proposal) return { ok: false, refusal: 'not-found' };
    const eyes = decideFourEyes(
      { proposedBy: proposal.proposedBy, open: proposal.state === 'proposed' },
      personId,
    );
    if (!eyes.ok)
      return { ok: false, refusal: eyes.refusal === 'own-proposal' ? 'own-proposal' : 'not-proposed' };
    const { validFrom, value, basis, assumed } = proposal;
    const key = REGISTER_POLICIES.find((each) => each === proposal.key);
    if (!key) return { ok: false, refusal: 'not-found' };
    await lockTariff(tx, 'to-change');
    const rows = await tx.select().from(policies).where(eq(policies.key, key));
    // Approved too late, it would change days that have passed, or what acts were made of.
    const settled = await isSettled(
      tx,
      key,
      validFrom,
      rows.map((row) => row.validFrom),
    );
    const beginning = decideBeginning(key, validFrom, settled, toBusinessDate(at));
    if (!beginning.ok) return beginning;
    const [made] = await tx
      .insert(policies)
      .values({ key, validFrom, value, basis, assumed, createdBy: personId, createdAt: at })
      .onConflictDoNothing()
      .returning({ key: policies.key });
    if (!made) return { ok: false, refusal: 'day-taken' };
    await tx
      .update(policyProposals)
      .set({ state: 'approved', decidedBy: personId, decidedAt: at })
      .where(eq(policyProposals.id, id));
    await auditStep(call, tx, {
      action: 'expertRegister.approvePolicy',
      personId: null,
      subject: `policy:${key}`,
      detail: { value, validFrom, basis, assumed },
    });
    return { ok: true };
  });
  if (answer.ok) await deps.reference.reload();
  return answer;
}

/** Somebody does not agree, or takes the own proposal back; nothing changes. */
export async function turnDownPolicy(
  call: CallContext,
  { id }: z.output<typeof PolicyStepInput>,
): Promise<z.input<typeof PolicyStepOutput>> {
  const { deps, at } = call;
  const { personId } = signedIn(call);
  return deps.db.transaction(async (tx): Promise<z.input<typeof PolicyStepOutput>> => {
    const [proposal] = await tx
      .select()
      .from(policyProposals)
      .where(eq(policyProposals.id, id))
      .for('update');
    if (!proposal) return { ok: false, refusal: 'not-found' };
    if (proposal.state !== 'proposed') return { ok: false, refusal: 'not-proposed' };
    await tx
      .update(policyProposals)
      .set({ state: 'turned-down', decidedBy: personId, decidedAt: at })
      .where(eq(policyProposals.id, id));
    await auditStep(call, tx, {
      action: 'expertRegister.turnDownPolicy',
      personId: null,
      subject: `policy:${proposal.key}`,
    });
    return { ok: true };
  });
}
